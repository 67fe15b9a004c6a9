// Tells Python whether this is a phone or a tablet, when that is news: a finger for a pointer, or a narrow window.
// `data.phone` is what Python goes by; while that is right, nothing is sent and no script runs.

export default function ({ data, parentElement, setStateValue }) {
  parentElement.asked ??= matchMedia(data.query);
  const asked = parentElement.asked;
  asked.onchange = () => {
    if (asked.matches !== data.phone) setStateValue("phone", asked.matches);
  };
  asked.onchange();
  return () => {
    asked.onchange = null;
  };
}
