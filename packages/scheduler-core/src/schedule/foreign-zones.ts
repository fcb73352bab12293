// Written by tools/repo/zone-names.ts from ICU 78.3 and IANA's 2026f.

/**
 * The names that ICU takes for zones although IANA has none of them, each with the zone that ICU takes it for and the
 * one that is probably meant.
 */
export const FOREIGN_ZONES = `
ACT Australia/Darwin Australia/Darwin
AET Australia/Sydney Australia/Sydney
AGT America/Argentina/Buenos_Aires America/Argentina/Buenos_Aires
ART Africa/Cairo America/Argentina/Buenos_Aires
AST America/Anchorage America/Halifax
BET America/Sao_Paulo America/Sao_Paulo
BST Asia/Dhaka Europe/London
CAT Africa/Maputo Africa/Maputo
CNT America/St_Johns America/St_Johns
CST America/Chicago America/Chicago
CTT Asia/Shanghai Asia/Shanghai
Canada/East-Saskatchewan America/Regina America/Regina
EAT Africa/Nairobi Africa/Nairobi
ECT Europe/Paris Europe/Paris
IET America/Indiana/Indianapolis America/Indiana/Indianapolis
IST Asia/Kolkata Asia/Kolkata
JST Asia/Tokyo Asia/Tokyo
MIT Pacific/Apia Pacific/Midway
NET Asia/Yerevan Asia/Yerevan
NST Pacific/Auckland America/St_Johns
PLT Asia/Karachi Asia/Karachi
PNT America/Phoenix America/Phoenix
PRT America/Puerto_Rico America/Puerto_Rico
PST America/Los_Angeles America/Los_Angeles
SST Pacific/Guadalcanal Pacific/Pago_Pago
SystemV/AST4 SystemV/AST4 America/Puerto_Rico
SystemV/AST4ADT SystemV/AST4ADT America/Halifax
SystemV/CST6 SystemV/CST6 America/Regina
SystemV/CST6CDT SystemV/CST6CDT America/Chicago
SystemV/EST5 SystemV/EST5 America/Panama
SystemV/EST5EDT SystemV/EST5EDT America/New_York
SystemV/HST10 SystemV/HST10 Pacific/Honolulu
SystemV/MST7 SystemV/MST7 America/Phoenix
SystemV/MST7MDT SystemV/MST7MDT America/Denver
SystemV/PST8 SystemV/PST8 Pacific/Pitcairn
SystemV/PST8PDT SystemV/PST8PDT America/Los_Angeles
SystemV/YST9 SystemV/YST9 Pacific/Gambier
SystemV/YST9YDT SystemV/YST9YDT America/Anchorage
US/Pacific-New America/Los_Angeles America/Los_Angeles
VST Asia/Ho_Chi_Minh Asia/Ho_Chi_Minh
`
