"""Single words that name a state or its people, in lower case: words of the short English names in Unicode CLDR, and demonyms."""

STATE_WORDS = frozenset(
    """
afghan afghanistan afghans africa african albania albanian albanians algeria algerian algerians america american americans andorra
andorran angola angolan angolans anguilla antarctica antigua arab arabia argentina argentine argentines argentinian armenia armenian
armenians aruba ascension australia australian australians austria austrian austrians azerbaijan azerbaijani azerbaijanis bahamas
bahrain bahraini bahrainis bangladesh bangladeshi bangladeshis barbados barbuda barthélemy belarus belarusian belarusians belgian
belgians belgium belize benin beninese bermuda bhutan bhutanese bissau bolivia bolivian bolivians bosnia bosnian bosnians botswana
botswanan bouvet brazil brazilian brazilians brazzaville britain british briton britons brunei bulgaria bulgarian bulgarians burkina
burkinabe burma burmese burundi burundian caicos caledonia cambodia cambodian cambodians cameroon cameroonian cameroonians canada
canadian canadians canary cape caribbean cayman central ceuta chad chadian chadians chile chilean chileans china chinese christmas
clipperton cocos colombia colombian colombians comoros congo congolese cook costa croatia croatian croatians cuba cuban cubans cunha
curaçao cypriot cypriots cyprus czech czechia czechs côte danes danish denmark diego djibouti djiboutian dominica dominican dprk drc
dutch ecuador ecuadorian ecuadorians egypt egyptian egyptians emirates emirati emiratis english equatorial eritrea eritrean eritreans
estonia estonian estonians eswatini ethiopia ethiopian ethiopians falkland faroe faso fiji fijian filipino filipinos finland finnish
finns france french futuna gabon gabonese gambia gambian garcia gaza georgia georgian georgians german germans germany ghana ghanaian
ghanaians gibraltar greece greek greeks greenland grenada grenadines guadeloupe guam guatemala guatemalan guatemalans guernsey guiana
guinea guinean guyana haiti haitian haitians heard helena herzegovina honduran hondurans honduras hong hungarian hungarians hungary
iceland icelandic india indian indians indonesia indonesian indonesians iran iranian iranians iraq iraqi iraqis ireland irish israel
israeli israelis italian italians italy ivoire ivoirian ivorian jamaica jamaican jan japan japanese jordan jordanian jordanians kazakh
kazakhs kazakhstan kazakhstani kenya kenyan kenyans kingdom kinshasa kiribati kitts kong korea korean koreans kosovar kosovars kosovo
kurdish kurds kuwait kuwaiti kuwaitis kyrgyz kyrgyzstan lanka lao laos laotian latvia latvian latvians lebanese lebanon leone lesotho
leste liberia liberian liberians libya libyan libyans liechtenstein lithuania lithuanian lithuanians lucia luxembourg maarten macao
macedonia macedonian madagascar malagasy malawi malawian malaysia malaysian malaysians maldives maldivian mali malian malians malta
maltese mariana marino marshall martin martinique mauritania mauritanian mauritian mauritius mayen mayotte mcdonald melilla mexican
mexicans mexico micronesia miquelon moldova moldovan moldovans monaco mongolia mongolian mongolians montenegrin montenegro montserrat
moroccan moroccans morocco mozambican mozambique myanmar namibia namibian nauru nepal nepalese nepali netherlands nevis nicaragua
nicaraguan nicaraguans niger nigeria nigerian nigerians nigerien niue norfolk northern norway norwegian norwegians oman omani omanis
pakistan pakistani pakistanis palau palestine palestinian palestinians panama panamanian papua papuan paraguay paraguayan peru
peruvian peruvians philippine philippines pierre pitcairn poland poles polish polynesia portugal portuguese prc príncipe puerto qatar
qatari qataris rica rico rok romania romanian romanians russia russian russians rwanda rwandan rwandans réunion sahara salvador
salvadoran salvadorans samoa samoan san sandwich sark saudi saudis scottish senegal senegalese serbia serbian serbians serbs
seychelles sierra singapore singaporean sint slovak slovakia slovaks slovene slovenia slovenian solomon somali somalia somalis
southern spain spanish sri states sudan sudanese suriname surinamese svalbard swazi sweden swedes swedish swiss switzerland syria
syrian syrians são taiwan taiwanese tajik tajikistan tajiks tanzania tanzanian tanzanians thai thailand thais timor tobago togo
togolese tokelau tomé tonga tongan trinidad tristan tunisia tunisian tunisians turkish turkmen turkmenistan turks tuvalu türkiye u.k.
u.s. uae uganda ugandan ugandans uk ukraine ukrainian ukrainians uruguay uruguayan us usa uzbek uzbekistan uzbeks vanuatu vatican
venezuela venezuelan venezuelans verde vietnam vietnamese vincent virgin wallis welsh yemen yemeni yemenis zambia zambian zambians
zealand zimbabwe zimbabwean zimbabweans åland
""".split()
)
