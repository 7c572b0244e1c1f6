const units = [
  { size: 86_400, name: "d" },
  { size: 3_600, name: "h" },
  { size: 60, name: "min" },
  { size: 1, name: "s" },
];

/** Says a length of time in days, hours, minutes and seconds, such as `1 d 12 h`. */
export function durationWords(seconds: number): string {
  let rest = seconds;
  const parts = units.flatMap(({ size, name }) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count === 0 ? [] : [`${count} ${name}`];
  });
  return parts.join(" ");
}
