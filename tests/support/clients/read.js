// Reads the data package of a site with the package "datapackage"; what came of it, as JSON.
"use strict";
const { Package } = require("datapackage");
const { version } = require("datapackage/package.json");

(async () => {
  const found = await Package.load(`${process.argv[2]}daten/datapackage.json`);
  const rows = {};
  let keys = 0;
  for (const resource of found.resources) {
    rows[resource.name] = (await resource.read()).length;
    const number = resource.schema.foreignKeys.length;
    if (number) await resource.checkRelations();
    keys += number;
  }
  const errors = found.errors.map(String);
  console.log(JSON.stringify({ version, valid: found.valid, errors, rows, keys }));
})().catch((error) => {
  console.error(String(error), (error.errors ?? []).map(String));
  process.exit(1);
});
