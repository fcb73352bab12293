// Written by tools/repo/zone-names.ts from IANA's 2026f.

/** The countries, after the zone that most people there live by. They only make suggestions. */
export const COUNTRIES = `
Africa/Abidjan Côte d’Ivoire
Africa/Accra Ghana
Africa/Addis_Ababa Ethiopia
Africa/Algiers Algeria
Africa/Asmara Eritrea
Africa/Bamako Mali
Africa/Bangui Central African Rep.
Africa/Banjul Gambia
Africa/Bissau Guinea-Bissau
Africa/Blantyre Malawi
Africa/Brazzaville Congo, Rep. Congo
Africa/Bujumbura Burundi
Africa/Cairo Egypt
Africa/Casablanca Morocco
Africa/Conakry Guinea
Africa/Dakar Senegal
Africa/Dar_es_Salaam Tanzania
Africa/Djibouti Djibouti
Africa/Douala Cameroon
Africa/El_Aaiun Western Sahara
Africa/Freetown Sierra Leone
Africa/Gaborone Botswana
Africa/Harare Zimbabwe
Africa/Johannesburg South Africa
Africa/Juba South Sudan
Africa/Kampala Uganda
Africa/Khartoum Sudan
Africa/Kigali Rwanda
Africa/Kinshasa Congo, Dem. Rep. Congo
Africa/Lagos Nigeria
Africa/Libreville Gabon
Africa/Lome Togo
Africa/Luanda Angola
Africa/Lusaka Zambia
Africa/Malabo Equatorial Guinea
Africa/Maputo Mozambique
Africa/Maseru Lesotho
Africa/Mbabane Eswatini, Swaziland
Africa/Mogadishu Somalia
Africa/Monrovia Liberia
Africa/Nairobi Kenya
Africa/Ndjamena Chad
Africa/Niamey Niger
Africa/Nouakchott Mauritania
Africa/Ouagadougou Burkina Faso
Africa/Porto-Novo Benin
Africa/Sao_Tome Sao Tome & Principe
Africa/Tripoli Libya
Africa/Tunis Tunisia
Africa/Windhoek Namibia
America/Anguilla Anguilla
America/Antigua Antigua & Barbuda
America/Argentina/Buenos_Aires Argentina
America/Aruba Aruba
America/Asuncion Paraguay
America/Barbados Barbados
America/Belize Belize
America/Bogota Colombia
America/Caracas Venezuela
America/Cayenne French Guiana
America/Cayman Cayman Islands
America/Costa_Rica Costa Rica
America/Curacao Curaçao
America/Dominica Dominica
America/El_Salvador El Salvador
America/Grand_Turk Turks & Caicos Is
America/Grenada Grenada
America/Guadeloupe Guadeloupe
America/Guatemala Guatemala
America/Guayaquil Ecuador
America/Guyana Guyana
America/Havana Cuba
America/Jamaica Jamaica
America/Kralendijk Caribbean NL
America/La_Paz Bolivia
America/Lima Peru
America/Lower_Princes St Maarten, Dutch St Maarten
America/Managua Nicaragua
America/Marigot St Martin, French St Martin
America/Martinique Martinique
America/Mexico_City Mexico
America/Miquelon St Pierre & Miquelon
America/Montevideo Uruguay
America/Montserrat Montserrat
America/Nassau Bahamas
America/New_York United States
America/Nuuk Greenland
America/Panama Panama
America/Paramaribo Suriname
America/Port-au-Prince Haiti
America/Port_of_Spain Trinidad & Tobago
America/Puerto_Rico Puerto Rico
America/Santiago Chile
America/Santo_Domingo Dominican Republic
America/Sao_Paulo Brazil
America/St_Barthelemy St Barthelemy
America/St_Kitts St Kitts & Nevis
America/St_Lucia St Lucia
America/St_Thomas Virgin Islands, US Virgin Islands
America/St_Vincent St Vincent
America/Tegucigalpa Honduras
America/Toronto Canada
America/Tortola Virgin Islands, UK Virgin Islands
Antarctica/Casey Antarctica
Arctic/Longyearbyen Svalbard & Jan Mayen
Asia/Aden Yemen
Asia/Almaty Kazakhstan
Asia/Amman Jordan
Asia/Ashgabat Turkmenistan
Asia/Baghdad Iraq
Asia/Bahrain Bahrain
Asia/Baku Azerbaijan
Asia/Bangkok Thailand
Asia/Beirut Lebanon
Asia/Bishkek Kyrgyzstan
Asia/Brunei Brunei
Asia/Colombo Sri Lanka
Asia/Damascus Syria
Asia/Dhaka Bangladesh
Asia/Dili East Timor
Asia/Dubai United Arab Emirates
Asia/Dushanbe Tajikistan
Asia/Gaza Palestine
Asia/Ho_Chi_Minh Vietnam
Asia/Hong_Kong Hong Kong
Asia/Jakarta Indonesia
Asia/Jerusalem Israel
Asia/Kabul Afghanistan
Asia/Karachi Pakistan
Asia/Kathmandu Nepal
Asia/Kolkata India
Asia/Kuala_Lumpur Malaysia
Asia/Kuwait Kuwait
Asia/Macau Macau
Asia/Manila Philippines
Asia/Muscat Oman
Asia/Nicosia Cyprus
Asia/Phnom_Penh Cambodia
Asia/Pyongyang Korea, North Korea
Asia/Qatar Qatar
Asia/Riyadh Saudi Arabia
Asia/Seoul Korea, South Korea
Asia/Shanghai China
Asia/Singapore Singapore
Asia/Taipei Taiwan
Asia/Tashkent Uzbekistan
Asia/Tbilisi Georgia
Asia/Tehran Iran
Asia/Thimphu Bhutan
Asia/Tokyo Japan
Asia/Ulaanbaatar Mongolia
Asia/Vientiane Laos
Asia/Yangon Myanmar, Burma
Asia/Yerevan Armenia
Atlantic/Bermuda Bermuda
Atlantic/Cape_Verde Cape Verde
Atlantic/Faroe Faroe Islands
Atlantic/Reykjavik Iceland
Atlantic/South_Georgia South Georgia & the South Sandwich Islands
Atlantic/St_Helena St Helena
Atlantic/Stanley Falkland Islands
Australia/Sydney Australia
Europe/Amsterdam Netherlands
Europe/Andorra Andorra
Europe/Athens Greece
Europe/Belgrade Serbia
Europe/Berlin Germany
Europe/Bratislava Slovakia
Europe/Brussels Belgium
Europe/Bucharest Romania
Europe/Budapest Hungary
Europe/Chisinau Moldova
Europe/Copenhagen Denmark
Europe/Dublin Ireland
Europe/Gibraltar Gibraltar
Europe/Guernsey Guernsey
Europe/Helsinki Finland
Europe/Isle_of_Man Isle of Man
Europe/Istanbul Turkey
Europe/Jersey Jersey
Europe/Kyiv Ukraine
Europe/Lisbon Portugal
Europe/Ljubljana Slovenia
Europe/London Britain, UK
Europe/Luxembourg Luxembourg
Europe/Madrid Spain
Europe/Malta Malta
Europe/Mariehamn Åland Islands
Europe/Minsk Belarus
Europe/Monaco Monaco
Europe/Moscow Russia
Europe/Oslo Norway
Europe/Paris France
Europe/Podgorica Montenegro
Europe/Prague Czech Republic
Europe/Riga Latvia
Europe/Rome Italy
Europe/San_Marino San Marino
Europe/Sarajevo Bosnia & Herzegovina
Europe/Skopje North Macedonia
Europe/Sofia Bulgaria
Europe/Stockholm Sweden
Europe/Tallinn Estonia
Europe/Tirane Albania
Europe/Vaduz Liechtenstein
Europe/Vatican Vatican City
Europe/Vienna Austria
Europe/Vilnius Lithuania
Europe/Warsaw Poland
Europe/Zagreb Croatia
Europe/Zurich Switzerland
Indian/Antananarivo Madagascar
Indian/Chagos British Indian Ocean Territory
Indian/Christmas Christmas Island
Indian/Cocos Cocos (Keeling) Islands
Indian/Comoro Comoros
Indian/Kerguelen French S. Terr.
Indian/Mahe Seychelles
Indian/Maldives Maldives
Indian/Mauritius Mauritius
Indian/Mayotte Mayotte
Indian/Reunion Réunion
Pacific/Apia Samoa, western Samoa
Pacific/Auckland New Zealand
Pacific/Efate Vanuatu
Pacific/Fakaofo Tokelau
Pacific/Fiji Fiji
Pacific/Funafuti Tuvalu
Pacific/Guadalcanal Solomon Islands
Pacific/Guam Guam
Pacific/Majuro Marshall Islands
Pacific/Nauru Nauru
Pacific/Niue Niue
Pacific/Norfolk Norfolk Island
Pacific/Noumea New Caledonia
Pacific/Pago_Pago Samoa, American Samoa
Pacific/Palau Palau
Pacific/Pitcairn Pitcairn
Pacific/Pohnpei Micronesia
Pacific/Port_Moresby Papua New Guinea
Pacific/Rarotonga Cook Islands
Pacific/Saipan Northern Mariana Islands
Pacific/Tahiti French Polynesia
Pacific/Tarawa Kiribati
Pacific/Tongatapu Tonga
Pacific/Wake US minor outlying islands
Pacific/Wallis Wallis & Futuna
`
