import { describeFiles } from './files';

jest.mock('../../nodes/shared/api/sleep', () => jest.requireActual<object>('./hurry'));

describeFiles('on disk', 1);
