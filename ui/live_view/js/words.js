// Numbers as people write them; percent() rounds by the same sum as formatting.percent in Python, so that both agree.

export function percent(share) {
  return `${(Math.floor(1000 * share + 0.5) / 10).toFixed(1)} %`;
}

export function probability(share) {
  return share < 1 && share >= 0.9995 ? "> 99.9 %" : percent(share);
}

export function signed(value, digits) {
  const text = Math.abs(value).toFixed(digits);
  return `${value < 0 && Number(text) > 0 ? "−" : "+"}${text}`;
}

export function thousands(number) {
  return number.toLocaleString("en");
}
