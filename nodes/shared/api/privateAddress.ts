/** Names that only a machine or its own network knows. */
const PRIVATE_NAMES = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|test|invalid|home\.arpa)$/;
/** Addresses that are not routed on the internet (RFC 1918, 6598, 3927, 4193, 4291). */
const PRIVATE_IPV4 =
	/^(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.[\d.]+$/;
const PRIVATE_IPV6 = /^(::1?$|f[cd]|fe[89ab]|::ffff:)/;

/** Whether an address can be reached from the same machine or network only, or is none. */
export function isPrivateAddress(address: string): boolean {
	const host = hostOf(address);
	if (host.includes(':')) return PRIVATE_IPV6.test(host);
	return !host.includes('.') || PRIVATE_NAMES.test(host) || PRIVATE_IPV4.test(host);
}

/** Where cloud providers tell a machine its own credentials. */
const METADATA =
	/^(169\.254\.[\d.]+|100\.100\.100\.200|fd00:ec2::254|fe[89ab][\da-f]:.*|metadata(\.google\.internal)?)$/;

/** Whether a URL leads to the metadata of the machine that requests it. */
export function isMetadataAddress(url: string): boolean {
	return METADATA.test(hostOf(url));
}

function hostOf(url: string): string {
	return URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$|\.$/g, '') : '';
}
