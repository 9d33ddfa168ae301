export type { Agreement, AgreementOptions } from './agreement/agreement.ts';
export { cohensKappa, type KappaOptions } from './agreement/cohens-kappa.ts';
export { fleissKappa } from './agreement/fleiss-kappa.ts';
export { type AlphaLabel, type AlphaOptions, krippendorffsAlpha } from './agreement/krippendorffs-alpha.ts';
export { type BootstrapOptions, bootstrapInterval } from './confidence/bootstrap-interval.ts';
export {
  type BootstrapStatisticOptions,
  bootstrapStatistic,
  type StatisticInterval,
} from './confidence/bootstrap-statistic.ts';
export type { Interval } from './confidence/interval.ts';
export { type RandomizationOptions, randomizationTest } from './confidence/randomization-test.ts';
export { type Random, seededRandom } from './confidence/seeded-random.ts';
export { studentTInterval } from './confidence/student-t-interval.ts';
export { chiSquaredUpperTail } from './distributions/chi-squared.ts';
export { normalCdf, normalQuantile } from './distributions/normal.ts';
export { studentTCdf, studentTQuantile } from './distributions/student-t.ts';
export { type ChiSquaredHomogeneity, chiSquaredHomogeneity } from './drift/chi-squared-homogeneity.ts';
export { type KolmogorovSmirnov, kolmogorovSmirnov } from './drift/kolmogorov-smirnov.ts';
export {
  type MaximumMeanDiscrepancy,
  type MmdOptions,
  maximumMeanDiscrepancy,
} from './drift/maximum-mean-discrepancy.ts';
export { countInBins, populationStability, quantileEdges } from './drift/population-stability.ts';
export { averagePrecision, interpolatedPrecision } from './ir/average-precision.ts';
export { parseBeirQrels } from './ir/beir-qrels.ts';
export { bpref } from './ir/bpref.ts';
export { type CompareOptions, compareRuns, type RunComparison } from './ir/compare-runs.ts';
export { type EvaluateOptions, evaluateRun, type RunEvaluation } from './ir/evaluate-run.ts';
export { type JudgedRanking, judgeRanking, UNJUDGED } from './ir/judged-ranking.ts';
export { type Measure, type MeasureSummary, measureNamed } from './ir/measure.ts';
export { ndcg } from './ir/ndcg.ts';
export {
  hitAt,
  precisionAt,
  recallAt,
  reciprocalRank,
  relevantReturned,
  rPrecision,
  unjudgedAt,
} from './ir/precision-recall.ts';
export { rankDocuments } from './ir/rank-documents.ts';
export type { Qrels, Run, ScoredDocument } from './ir/retrieval-data.ts';
export { parseTrecQrels } from './ir/trec-qrels.ts';
export { parseTrecRun } from './ir/trec-run.ts';
export { StatsError, type StatsErrorCode } from './stats-error.ts';
