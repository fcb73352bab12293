/**
 * Cities, regions and everyday names that people write for a zone, after the zone that is probably meant. They only make
 * suggestions: none of them is accepted. Cities that have a zone of their own need no entry.
 */
export const CITIES = `
Africa/Abidjan Ivory Coast
Africa/Cairo Alexandria, Giza
Africa/Douala Yaounde
Africa/Johannesburg Cape Town, Durban, Pretoria, SAST
Africa/Lagos Abuja, Kano, W Central Africa, WAT, West Africa
Africa/Maputo Central Africa
Africa/Nairobi E Africa, East Africa, Mombasa
America/Anchorage AKDT, AKST, Alaska, Alaskan
America/Argentina/Buenos_Aires Buenos Aires
America/Asuncion PYT
America/Bogota Cali, COT, Medellin, SA Pacific
America/Boise Idaho
America/Caracas VET
America/Chicago Alabama, Arkansas, Austin, CDT, Central, Dallas, Fort Worth, Houston, Illinois, Iowa, Kansas
America/Chicago Kansas City, Louisiana, Memphis, Milwaukee, Minneapolis, Minnesota, Mississippi, Missouri, Nashville
America/Chicago Nebraska, New Orleans, North Dakota, Oklahoma, Oklahoma City, Omaha, San Antonio, South Dakota
America/Chicago St Louis, Tennessee, Texas, Wisconsin
America/Denver Albuquerque, Colorado, El Paso, MDT, Montana, Mountain, New Mexico, Salt Lake City, Utah, Wyoming
America/Detroit Michigan
America/Edmonton Alberta, Calgary
America/Guatemala Central America
America/Guayaquil Quito
America/Halifax ADT, Atlantic, Nova Scotia
America/Indiana/Indianapolis Indiana
America/La_Paz BOT
America/Lima PET
America/Los_Angeles California, LA, Las Vegas, Nevada, Oregon, Pacific, PDT, Portland, Sacramento, San Diego
America/Los_Angeles San Francisco, San Jose, Seattle, SF, Washington State
America/Mexico_City Guadalajara, Puebla
America/Montevideo UYT
America/New_York Atlanta, Baltimore, Boston, Brooklyn, Charlotte, Cleveland, Columbus, Connecticut, DC, Delaware
America/New_York Eastern, EDT, Florida, Kentucky, Maine, Maryland, Massachusetts, Miami, New Hampshire, New Jersey
America/New_York New York City, Newark, North Carolina, NY, NYC, Ohio, Orlando, Pennsylvania, Philadelphia, Pittsburgh
America/New_York Rhode Island, South Carolina, Tampa, US, USA, Vermont, Virginia, Washington, Washington DC
America/New_York West Virginia
America/Phoenix Arizona, Tucson
America/Port_of_Spain Trinidad
America/Regina Canada Central, Saskatchewan, Saskatoon
America/Santiago CLST, CLT, Santiago de Chile
America/Sao_Paulo Belo Horizonte, Brasilia, BRST, BRT, Curitiba, E South America, Porto Alegre, Rio, Rio de Janeiro
America/Sao_Paulo Salvador
America/St_Johns NDT, Newfoundland
America/Toronto Montreal, Ontario, Ottawa, Quebec
America/Vancouver British Columbia, Victoria
America/Winnipeg Manitoba
Asia/Aden Sanaa
Asia/Almaty Astana
Asia/Baghdad Arabic
Asia/Bahrain Manama
Asia/Bangkok Chiang Mai, ICT, SE Asia
Asia/Dubai Abu Dhabi, Arabian, Emirates, GST, UAE
Asia/Ho_Chi_Minh Hanoi, Saigon
Asia/Hong_Kong HKT
Asia/Jakarta Bandung, Surabaya, WIB
Asia/Jayapura WIT
Asia/Jerusalem Haifa, IDT, Tel Aviv
Asia/Karachi Islamabad, Lahore, PKT
Asia/Kathmandu Katmandu, NPT
Asia/Kolkata Bangalore, Bengaluru, Bombay, Calcutta, Chennai, Delhi, Hyderabad, Madras, Mumbai, New Delhi, Pune
Asia/Kuala_Lumpur MYT
Asia/Makassar WITA
Asia/Manila PHT
Asia/Qatar Doha
Asia/Riyadh Arab, Jeddah, Mecca
Asia/Seoul Busan, Incheon, Korea, KST
Asia/Shanghai Beijing, Chengdu, Guangzhou, Hangzhou, Nanjing, Peking, Qingdao, Shenzhen, Suzhou, Tianjin, Wuhan, Xi'an
Asia/Shanghai Xian
Asia/Singapore SGT
Asia/Taipei Kaohsiung
Asia/Tashkent UZT
Asia/Tokyo Fukuoka, Hiroshima, Kobe, Kyoto, Nagoya, Osaka, Sapporo, Yokohama
Asia/Ulaanbaatar Ulan Bator
Asia/Yangon Rangoon
Atlantic/Reykjavik Greenwich
Australia/Adelaide ACDT, ACST, Cen Australia, South Australia
Australia/Brisbane E Australia, Gold Coast, Queensland
Australia/Darwin AUS Central
Australia/Perth AWST, W Australia, Western Australia
Australia/Sydney AEDT, AEST, AUS Eastern, Australian Eastern, Canberra, New South Wales
Europe/Amsterdam Eindhoven, Holland, Rotterdam, The Hague
Europe/Athens Thessaloniki
Europe/Belgrade Kosovo
Europe/Berlin Central Europe, Central European, CEST, Cologne, Deutschland, Dusseldorf, Frankfurt, Hamburg, Köln
Europe/Berlin Leipzig, Munich, München, Stuttgart, W Europe
Europe/Brussels Antwerp, Bruxelles, Ghent
Europe/Bucharest GTB
Europe/Copenhagen København
Europe/Dublin Cork, Irish
Europe/Helsinki Eastern Europe, Eastern European, EEST, Espoo
Europe/Istanbul Ankara, Constantinople, Izmir, TRT
Europe/Kyiv FLE, Kharkiv, Kiev, Kyiv, Lviv, Odesa
Europe/Lisbon Lisboa, Porto, WEST, Western Europe, Western European
Europe/London Belfast, Birmingham, Bristol, British, Cardiff, Edinburgh, England, Glasgow, GMT, Great Britain, LDN
Europe/London Leeds, Liverpool, Manchester, Northern Ireland, Scotland, UK, United Kingdom, Wales
Europe/Madrid Barcelona, España, Seville, Valencia
Europe/Moscow Leningrad, Moskau, Moskva, MSK, Russian, Saint Petersburg, St Petersburg
Europe/Oslo Bergen
Europe/Paris Bordeaux, Lille, Lyon, Marseille, Nice, Romance, Strasbourg, Toulouse
Europe/Prague Brno, Czech, Czechia, Praha
Europe/Rome Florence, Mailand, Milan, Milano, Naples, Rom, Roma, Turin, Venice
Europe/Sarajevo Bosnia
Europe/Skopje Macedonia
Europe/Stockholm Gothenburg, Malmo
Europe/Vienna Graz, Linz, Salzburg, Wien
Europe/Warsaw Gdansk, Krakow, Lodz, Warszawa, Wroclaw
Europe/Zurich Basel, Bern, Geneva, Genf, Genève, Lausanne
Pacific/Auckland Christchurch, NZDT, NZST, Wellington
Pacific/Guam CHST
Pacific/Honolulu Hawaii, Hawaiian, HDT
UTC Coordinated Universal
`
