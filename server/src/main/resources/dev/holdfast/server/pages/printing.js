const paper = matchMedia("print");

/** Calls with true before the page is put on paper, and with false when that is over. Answers how to stop it. */
export function onPrinting(listener) {
  const changed = ({ matches }) => listener(matches);
  paper.addEventListener("change", changed);
  return () => paper.removeEventListener("change", changed);
}

/** What stays shut is not printed: opens all details below a root, and answers how to shut them again. */
export function openDetails(root) {
  const shut = [...root.querySelectorAll("details:not([open])")];
  shut.forEach((each) => (each.open = true));
  return () => shut.forEach((each) => (each.open = false));
}
