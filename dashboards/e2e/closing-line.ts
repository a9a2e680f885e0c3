import type { FullResult, Reporter, TestCase, TestResult } from '@playwright/test/reporter';

/** The last line of a run: how many tests passed, failed and were skipped. */
export default class ClosingLine implements Reporter {
  private readonly counts = { passed: 0, failed: 0, skipped: 0 };

  onTestEnd(test: TestCase, result: TestResult): void {
    if (result.status === 'skipped') {
      this.counts.skipped += 1;
    } else if (test.outcome() === 'unexpected') {
      this.counts.failed += 1;
    } else {
      this.counts.passed += 1;
    }
  }

  onEnd(result: FullResult): void {
    const { passed, failed, skipped } = this.counts;
    console.log(`E2E ${result.status}: ${passed} passed, ${failed} failed, ${skipped} skipped`);
  }

  printsToStdio(): boolean {
    return false;
  }
}
