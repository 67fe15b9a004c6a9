// Ten probabilities of one digit.

function makeView(parent) {
  const node = parent.querySelector(".bars");
  return {
    node,
    prepare() {},
    show({ message }) {
      showRows(node, message.values, message.chosen);
    },
  };
}
