/** Many tests count time, and a busy machine can be late: a failed test gets two more tries, and each failure is shown. */
jest.retryTimes(2, { logErrorsBeforeRetry: true });
