// Numbers as people write them, by the same rules as mnist_core/formatting.py, so that a figure is the same wherever it is.

export function percent(share) {
  return `${(Math.floor(1000 * share + 0.5) / 10).toFixed(1)} %`;
}

// Certain or impossible only where it is.
export function probability(share) {
  if (share > 0.999 && share < 1) return "> 99.9 %";
  if (share > 0 && share < 0.001) return "< 0.1 %";
  return percent(share);
}

export function signed(value, digits) {
  const text = Math.abs(value).toFixed(digits);
  return `${value < 0 && Number(text) > 0 ? "−" : "+"}${text}`;
}

export function thousands(number) {
  return number.toLocaleString("en");
}
