import { DatasetVersion_Verdict } from '@llmops/contracts/data/v1/dataset';
import {
  Check_Severity,
  CheckResult_Outcome,
  type ValidationReport,
  ValidationReportSchema,
} from '@llmops/contracts/data/v1/validation';
import { Job_State } from '@llmops/contracts/jobs/v1/job';
import { sleep } from '@llmops/embedded';
import { apiCommand, type Connection, type ConnectOptions, connect } from '../../api/connect.ts';
import { jsonOf, printJson } from '../../output/print.ts';
import { showProgress } from '../../output/progress.ts';
import { CliError } from '../../settings.ts';
import { findDataset } from './find-dataset.ts';

interface Options extends ConnectOptions {
  version?: string;
  suite?: string;
  json?: boolean;
}

export const validateCommand = () =>
  apiCommand('validate')
    .description('run a validation suite over a version; exit code 1 when it is blocked')
    .argument('<dataset>', 'id or name')
    .option('--version <id>', 'id, number or tag; the latest unless said')
    .option('--suite <id>', 'the built-in one unless said')
    .option('--json', 'the whole report')
    .action(async (idOrName: string, options: Options) => {
      const connection = await connect(options);
      const { llmops, project } = connection;
      const { id: dataset } = await findDataset(connection, idOrName);
      const { version = '', suite = '' } = options;
      const begun = await llmops.validation.validateVersion({ project, dataset, version, suite });
      const quiet = options.json === true && !process.stderr.isTTY;
      const report = await waitReport(connection, dataset, begun.id, quiet);
      if (report.verdict === DatasetVersion_Verdict.BLOCKED) process.exitCode = 1;
      if (options.json) printJson(jsonOf(ValidationReportSchema, report));
      else console.log(reportText(report));
    });

async function waitReport({ llmops, project }: Connection, dataset: string, report: string, quiet: boolean) {
  const progress = showProgress('validating', quiet);
  for (;;) {
    const one = await llmops.validation.getValidationReport({ project, dataset, report });
    if (one.rowsTotal > 0n) progress.at(Number(one.rowsChecked), Number(one.rowsTotal), 'rows');
    if (one.state === Job_State.SUCCEEDED) {
      progress.end();
      return one;
    }
    if (one.state === Job_State.FAILED || one.state === Job_State.CANCELLED) {
      progress.end();
      throw new CliError(
        `The validation could not be run: ${one.error?.message ?? Job_State[one.state].toLowerCase()}`,
      );
    }
    await sleep(200);
  }
}

function reportText({ verdict, results, rowsChecked }: ValidationReport): string {
  const lines = results.flatMap(({ name, outcome, severity, message, findings }) => {
    const passed = outcome === CheckResult_Outcome.PASSED;
    const mark = passed ? '✓' : severity === Check_Severity.BLOCK ? '✗' : '!';
    const shown = findings
      .slice(0, 3)
      .map((one) => `    row ${one.rowIndex} ${one.column}: ${one.message || one.value}`);
    return [`${mark} ${name}: ${message}`, ...(passed ? [] : shown)];
  });
  return [...lines, `${DatasetVersion_Verdict[verdict].toLowerCase()}, ${rowsChecked} rows`].join('\n');
}
