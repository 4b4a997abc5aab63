import './memory-mode';
import { describeFiles } from './files';

jest.mock('../../nodes/shared/api/sleep', () => jest.requireActual<object>('./hurry'));

// In memory a file has no identity, so the same one is uploaded for each item.
describeFiles('in memory', 3);
