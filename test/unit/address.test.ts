import { isPrivateAddress } from '../../nodes/shared/api/privateAddress';

describe('isPrivateAddress', () => {
	it.each([
		'http://localhost:5678/webhook-waiting/1',
		'http://n8n:5678/',
		'http://n8n.local/',
		'https://n8n.internal./',
		'http://127.0.0.1:5678/',
		'http://10.1.2.3/',
		'http://172.16.0.1/',
		'http://172.31.255.1/',
		'http://192.168.1.20/',
		'http://169.254.1.1/',
		'http://100.64.0.1/',
		'http://0.0.0.0/',
		'http://[::1]/',
		'http://[fd12::1]/',
		'http://[fe80::1]/',
		'http://2130706433/',
		'n8n.example.com',
		'',
		'undefined',
	])('is true for %s', (address) => expect(isPrivateAddress(address)).toBe(true));

	it.each([
		'https://n8n.example.com/webhook-waiting/1?signature=x',
		'http://8.8.8.8/',
		'http://172.15.0.1/',
		'http://172.32.0.1/',
		'http://100.128.0.1/',
		'http://192.169.0.1/',
		'http://[2001:db8::1]/',
		'https://10.example.com/',
		'https://localhost.example.com/',
	])('is false for %s', (address) => expect(isPrivateAddress(address)).toBe(false));
});
