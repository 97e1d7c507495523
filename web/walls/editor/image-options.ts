/** The images of the folder to choose from; one that the panel names and that is not there is told so beside its name. */
export function imageOptions(
  chosen: string,
  images: readonly string[],
  missing: string,
): { value: string; label: string }[] {
  const options = images.map((name) => ({ value: name, label: name }))
  if (chosen === '' || images.includes(chosen)) return options
  return [{ value: chosen, label: `${chosen} (${missing})` }, ...options]
}
