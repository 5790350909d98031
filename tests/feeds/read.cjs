// Prints what rss-parser reads of feeds, as JSON: node read.cjs FOLDER-OF-RSS-PARSER FILE…
const { readFileSync } = require("node:fs");
const [, , folder, ...files] = process.argv;
const Parser = require(folder);
const parser = new Parser({ customFields: { item: [["media:content", "media"]] } });

Promise.all(files.map((file) => parser.parseString(readFileSync(file, "utf8")))).then(
  (feeds) => console.log(JSON.stringify(feeds)),
  (error) => {
    console.error(error);
    process.exitCode = 1;
  },
);
