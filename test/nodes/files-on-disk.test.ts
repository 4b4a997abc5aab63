import { describeFiles } from './files';

jest.mock('../../nodes/shared/api/pause', () => jest.requireActual<object>('./hurry'));

describeFiles('on disk', 1);
