/** The words of --help. */
import type { Topic } from "./arguments.ts";

const main = `likeness makes a synthetic likeness of a table: it trains a model on a CSV and draws new rows from it.

Usage: likeness <command> [options]

Commands:
  train <table.csv>   train a model and write synthetic rows
  sample <run.json>   draw more rows from a model that train --save kept
  score <real.csv> <synthetic.csv>
                      how good, how useful and how safe synthetic rows are, whoever made them
  export <run.json>   write such a model as ONNX, for other programs to draw rows from
  models [name]       the models on offer, their settings and defaults
  help [command]      this, or a command's own options

Options:
  -h, --help          this; after a command, that command's options
  -V, --version       the version

Example:
  likeness train customers.csv --model diffusion --seconds 60 --out synthetic.csv --save run.likeness.json
  likeness sample run.likeness.json --rows 50000 --seed 2 --out more.csv
  likeness score customers.csv synthetic.csv --holdout held-out.csv --target churned --html report.html
`;

const train = `Usage: likeness train <table.csv> [options]

Trains a model on a CSV (gzip-packed too; - reads stdin) and writes rows like it. Rows go to stdout unless --out
names a file; what is said about the work goes to stderr. The same file, options and backend give the same rows,
here and in the browser.

What to learn:
  -m, --model <name>         diffusion unless given; settings may follow: gan:latent=64 (see likeness models)
      --set <key=value>      a setting of the model; layers are joined by x: --set hidden=256x256. Repeatable
      --from <run.json>      begin with the weights of a run that --save kept, in place of fresh ones: of the columns
                             and categories that both tables have, by name; the rest is fresh. Model, settings and
                             scale are that run's unless given. Numbers keep their rank, not their value
      --steps <n>            training steps; 2000 unless given
      --seconds <s>          stop after so much training; with --steps, whichever ends first
      --keep-best            end with the step whose rows were nearest to the holdout, not with the last one
      --seed <n>             governs the split, the weights, the noise and the rows; 7 unless given
      --holdout <share>      rows set aside before anything is fitted, 0 to 0.5; 0.2 unless given

How the table is read:
      --columns <name:type>  a column's type (number, category, boolean, datetime, identifier, text, constant),
                             or name:off and name:on to leave it out or in. Repeatable, or joined by commas
      --missing <mark>       a cell text that means "missing", in place of the usual ones. Repeatable
      --numeric <way>        how numbers are scaled: quantile (unless given), standard, minmax or none
      --limit <n>            of a longer table a random sample of so many rows is kept; 100000 unless given

What to write:
  -n, --rows <n>             rows to draw; as many as the table has unless given
      --condition <c>        what rows are to be like: income=>50K, sex=F:0.5 (half of them), age=30..40, age=65..,
                             city= (missing). Repeatable. Diffusion draws the rest to fit; from other models such
                             rows are picked
      --fill                 in place of new rows the table itself, its gaps filled (diffusion only)
  -o, --out <file>           where rows go; - is stdout
      --save <file>          keep the trained model, for likeness sample; without --out no rows are drawn then.
                             The file holds values of the table, though no row: handle it as you do the table
  -f, --force                overwrite a file that is there already
      --escape-formulas      put an apostrophe before cells that a spreadsheet would run

How:
      --backend <name>       webgpu, wasm or cpu; unless given, the GPU where there is one, else wasm
  -q, --quiet                say nothing but errors
      --debug                with an error, say where in the program it came from

Ctrl-C ends the training, writes what was asked for from the weights so far and exits with 130; again, and it ends at
once. Exit codes: 0 done, 1 the work failed, 2 the command line asks for what isn't so.
`;

const sample = `Usage: likeness sample <run.json> [options]

Draws rows from a model that likeness train --save kept (- reads it from stdin); the table is not needed. With the
run's own seed they are the rows that training ended with, on the same backend.

  -n, --rows <n>             rows to draw; as many as the table had unless given
      --condition <c>        what rows are to be like, as likeness train takes it: income=>50K, sex=F:0.5, age=30..40.
                             Repeatable. A saved run knows each column by itself: where a range goes with another
                             condition, such rows are picked
      --seed <n>             other rows for another seed; the run's own unless given
  -o, --out <file>           where rows go; stdout unless given
  -f, --force                overwrite a file that is there already
      --escape-formulas      put an apostrophe before cells that a spreadsheet would run
      --backend <name>       webgpu, wasm or cpu; unless given, the GPU where there is one, else wasm
  -q, --quiet                say nothing but errors
      --debug                with an error, say where in the program it came from

Ctrl-C ends it with 130 and leaves no file.
`;

const score = `Usage: likeness score <real.csv> <synthetic.csv> [options]

Judges synthetic rows, whoever made them, beside the real rows that they were learned from: six axes with their parts,
each beside what a real holdout, independent columns and a copy get, worst columns and pairs first. One of the files
may be - for stdin. Columns are read as the first file's are; docs/quality.md says what each figure means.

What is asked:
      --holdout <file>       real rows that nothing was fitted to; without them privacy and utility have no figure
      --target <column>      what is to be predicted from the other columns
      --key <columns>        what an attacker knows of a person, joined by commas or repeated
      --sensitive <columns>  what they are after
                             Where none of these three is given they are guessed from the columns, and said

How tables are read:
      --columns <name:type>  a column's type, or name:off and name:on, as for likeness train
      --missing <mark>       a cell text that means "missing", in place of the usual ones. Repeatable
      --limit <n>            of a longer table a random sample of so many rows is kept; 100000 unless given
      --seed <n>             governs samples, folds and resamples; 7 unless given

What to write:
      --json                 the report as JSON instead of a table
      --html <file>          the report as a page that needs nothing else; - is stdout, with no table then
      --with-rows            the page also shows the closest pairs of rows, so it holds rows of the table
  -f, --force                overwrite a file that is there already
  -q, --quiet                say nothing but errors
      --debug                with an error, say where in the program it came from

Exit codes: 0 done, 1 the files can't be read or don't fit together, 2 the command line asks for what isn't so, 130
after Ctrl-C.
`;

const exported = `Usage: likeness export <run.json> --out <model.onnx> [options]

Writes the sampler of a model that likeness train --save kept (- reads it from stdin) as an ONNX file, and beside it
as JSON how its noise is drawn and its rows become a table: model.decoder.json for model.onnx. docs/onnx.md has an
example in Python. Models without a network (independent, copula, smote, copy) can't be exported.

  -o, --out <file>           where the ONNX file goes
  -f, --force                overwrite files that are there already
  -q, --quiet                say nothing but errors
      --debug                with an error, say where in the program it came from

The decoder holds values of the table, though no row: handle it as you do the table.
`;

const models = `Usage: likeness models [name] [--json]

Lists the models on offer; with a name, that model's settings, their bounds and defaults. --json writes the same as
JSON.
`;

export const helpOn = (topic: Topic | undefined): string =>
  topic === undefined ? main : { train, sample, score, export: exported, models }[topic];
