extension HarmlessContents {
    /// What stands in the place of a secret.
    static let references = #"""
        {"password":"${PASSWORD}"}
        {"password":"${PASSWORD:-}"}
        {"password":"${file:UTF-8:/run/secrets/pw}"}
        {"password":"$PASSWORD"}
        {"password":"$password"}
        {"password":"$(cat /run/secrets/pw)"}
        {"password":"%PASSWORD%"}
        {"password":"%(db_password)s"}
        {"password":"#{ENV['PW']}"}
        {"password":"{{ password }}"}
        {"password":"{{.Values.password}}"}
        {"password":"{password}"}
        {"password":"__PASSWORD__"}
        {"password":"@PASSWORD@"}
        {"password":"@db.password@"}
        {"password":"$__file{/run/secrets/pw}"}
        {"password":"vault:kv/data/db#password"}
        {"password":"ref+awsssm://orders/db"}
        {"password":"op://vault/item/field"}
        {"password":"sm://acme/db"}
        {"password":"env:DB_PASSWORD"}
        {"password":"file:/run/secrets/db"}
        {"password":"ENC[PKCS7,MIIBiQYJKoZIhvcNAQcDoIIB]"}
        {"password":"ENC(sVgfrbwBcTBuVqIuOdUrYA==)"}
        {"password":"{cipher}682bc583f4641835fa2db009355293665d2647dade3375c0ee201de2a49f7bda"}
        {"password":{"$secret":"vault:kv/db#password"}}
        {"token":{"$secret":"env:TOKEN"},"tokens":[{"$secret":"file:/run/a"},{"$secret":"file:/run/b"}]}
        {"secrets":{"a":{"$secret":"vault:kv/a"},"b":{"$secret":"vault:kv/b"}}}
        {"password":"***"}
        {"password":"********"}
        {"password":"<password>"}
        {"password":"<your password here>"}
        {"password":"[REDACTED]"}
        {"password":"[hidden]"}
        {"password":"REDACTED"}
        {"password":"xxxxxxxx"}
        {"password":"XXXX"}
        {"password":"xxx-xxx-xxx"}
        {"password":"YOUR_PASSWORD"}
        {"password":"your-password-here"}
        {"password":"YOUR_PASSWORD_HERE_2"}
        {"password":"replace-me"}
        {"password":"placeholder"}
        {"password":"TODO"}
        {"password":"..."}
        {"password":"/run/secrets/db"}
        {"password":"./secrets/db"}
        {"password":"../secrets/db.txt"}
        {"password":"~/.secrets/db"}
        {"password":"C:\\secrets\\db.txt"}
        {"password":"classpath:db.password"}
        {"password":"https://vault.example.com/v1/kv/db"}
        {"password":"secrets://db"}
        {"api_key":"arn:aws:kms:eu-west-1:111122223333:alias/orders"}
        {"api_key":"@Microsoft.KeyVault(SecretUri=https://acme.vault.azure.net/secrets/api)"}
        {"api_key":"projects/42/secrets/api-key/versions/3"}
        {"private_key":"/etc/ssl/private/server.key","signing_key":"certs/signing.pem"}
        """#

    /// What looks random and is none, and what is too little to be one.
    static let values = #"""
        {"password":""}
        {"password":"   "}
        {"password":null}
        {"password":true}
        {"password":"true"}
        {"password":"none"}
        {"password":"null"}
        {"password":12345}
        {"password":"12345"}
        {"password":"abc"}
        {"password":"*"}
        {"token":"3600"}
        {"token":"15m"}
        {"secret":"false"}
        {"commit":"9fceb02d0ae598e95dc970b74767f19372d61af8"}
        {"sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}
        {"digest":"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}
        {"sha512":"cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e"}
        {"md5":"d41d8cd98f00b204e9800998ecf8427e","etag":"\"33a64df551425fcc55e4d42a148795d9f25f89d4\""}
        {"id":"123e4567-e89b-12d3-a456-426614174000"}
        {"tenant":"0b7f3c0e-6a0f-4c53-9f0e-6a2f5c2c9d11","trace":"4bf92f3577b34da6a3ce929d0e0e4736"}
        {"ulid":"01ARZ3NDEKTSV4RRFFQ69G5FAV","ksuid":"0ujtsYcgvSTl8PAuAdqWYSMnLOv","nanoid":"V1StGXR8_Z5jdHi6B-myT"}
        {"objectId":"507f1f77bcf86cd799439011","snowflake":"175928847299117063"}
        {"map":{"9fceb02d0ae598e95dc970b74767f19372d61af8":"orders","123e4567-e89b-12d3-a456-426614174000":"users"}}
        {"text":"VGhpcyBpcyBhIHBsYWluIHRleHQgdGhhdCBpcyBlbmNvZGVkIGluIEJhc2U2NA=="}
        {"image":"R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"}
        {"certificate":"-----BEGIN CERTIFICATE-----\nMIIBhTCCASugAwIBAgIQIRi6zePL6mKjOipn+dNuaTAKBggqhkjOPQQDAjASMRAw\n-----END CERTIFICATE-----\n"}
        {"public_key":"-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEE\n-----END PUBLIC KEY-----\n"}
        {"publicKey":"MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE="}
        {"ssh_key":"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl ops@example.com"}
        {"pgp":"-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDMEXEcE6RYJKwYBBAHaRw8BAQdA\n-----END PGP PUBLIC KEY BLOCK-----"}
        {"age":"age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"}
        {"fingerprint":"SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8"}
        {"aws":"AKIAIOSFODNN7EXAMPLE","note":"see AKIAI44QH8DHBEXAMPLE"}
        {"regex":"^AKIA[A-Z2-7]{16}$","regex2":"(ghp|gho)_[A-Za-z0-9]{36}","regex3":"^xox[abp]-"}
        {"ids":["AKIA","ASIA","sk_live_","rk_test_","ghp_","glpat-","hf_","npm_","SG.","AIza","eyJ","cbt_","pypi-","hvs."]}
        {"npm":"npm_config_registry","task":"task-sk-migration","hf":"hf_hub_download","service":"hvs.example.com"}
        {"class":"com.acme.security.TokenProvider","module":"github_pat_manager","bean":"passwordEncoder"}
        {"version":"1.2.3-rc.1+build.5","semver":"^10.0.0-beta.3","range":">=1.0 <2.0"}
        {"color":"#ff00aa","size":"12px","ratio":"16:9","duration":"PT15M","date":"2024-02-29T12:00:00Z"}
        {"ip":"192.168.10.12","cidr":"10.0.0.0/8","ipv6":"2001:db8::1","mac":"00:1a:2b:3c:4d:5e","port":"8080"}
        {"hosts":["db-0.db:5432","db-1.db:5432"],"uri":"tcp://0.0.0.0:9000","socket":"unix:///var/run/app.sock"}
        {"expr":"a==b","query":"select * from t where a=1 and b='x'","math":"x=y=z","empty":"=","pairs":"a=b;c=d&e=f"}
        {"cookie":"theme=dark; lang=de","form":"name=max&city=berlin","ini":"user=app\nport=5432\ntimeout=30"}
        {"emoji":"🔑🔒","unicode":"pässwörd","rtl":"كلمة المرور"}
        {"dots":"eyJ.not.jwt","short":"eyJhbGciOiJub25lIn0","half":"eyJhbGciOiJub25lIn0.e30","parts":"a.b.c"}
        {}
        {"empty":{},"list":[],"nested":{"a":[{},[]]}}
        {"numbers":[1,2.5,-3e10,0],"flags":[true,false,null]}
        """#

    /// Names that only sound like those of secrets.
    static let keys = #"""
        {"secret_name":"db-login","secretName":"orders-tls","secret-ref":"vault-orders","secretId":"orders/db"}
        {"token_url":"https://x/token","token_uri":"https://x/token","tokenEndpoint":"https://x/token","token_path":"/var/token"}
        {"token_type":"Bearer","token_header":"X-Token","token_field":"access","tokenEnv":"TOKEN_NAME_HERE","token_length":"thirty-two"}
        {"password_ttl":"90 days 4 hours","passwordExpiry":"2030-01-01","password_timeout":"forever-and-ever","password_length":"sixteen","password_hash":"whatever4u"}
        {"api_key_id":"key-42-main","apiKeyName":"billing-main-2","api_key_header":"X-Billing-Key-2","accessKeyId":"main-key-77"}
        {"public_key":"abcdefgh12345","publicKey":"ijklmnop67890","public_token":"pk-visible-123","publicApiKey":"visible-456"}
        {"existing_secret":"orders-db-7","existingSecret":"orders7db","pull_secret":"regcred7x","imagePullSecret":"reg7cred"}
        {"max_tokens":"4096","min_password":"twelve12","num_tokens":"many99","maxTokens":"4k-tokens"}
        {"key":"value-42-abc","keys":["alpha1","beta2"],"primary_key":"order_id_2","foreign_key":"user_id_7","cache_key":"orders:v2","sort_key":"created_at2","partition_key":"tenant42"}
        {"monkey":"george42","donkey":"eeyore77","hockey":"puck2024","turnkey":"solution9","jockey":"dettori1"}
        {"keyboard":"qwertz105","keypad":"numeric10","keystone":"arch2023","keyframe":"frame0001"}
        {"compass":"north45deg","bypass":"route66b","trespass":"notice12","overpass":"bridge77","encompass":"all2gether","bypassToken":false}
        {"passive":"mode2ftp","passenger":"seat12A","passport":"type2doc","password_manager":"KeePass2x","passthrough":"raw2tcp"}
        {"author":"j.doe42x","authority":"https://id/x","authorize":"role2admin","authentication":"oidc2flow"}
        {"secretary":"moneypenny7","secretariat":"room4711","secretion":"rate2ml"}
        {"tokenizer":"bpe50257","tokenization":"word2vec","tokenized":"true2false"}
        {"description":"Holds password 42 and token 7","title":"secret=none","label":"token"}
        {"signing_key_id":"2024-01-key","encryption_key_alias":"alias/orders2","private_key_file":"server2key","privateKeyPath":"/etc/x/y"}
        {"password_reset_url":"https://x/reset","password_policy":"strong12","password_encoder":"bcrypt12","passwordRules":"minlength: 20; required: lower;"}
        {"accounts":["alice42x","bob77y"],"account":"main2024","account_key_vault":"acme-vault2"}
        {"credential_provider":"chain2x","credentials_path":"~/.aws/credentials","credentialsProfile":"default2","credential_helper":"store2x"}
        {"certificate_key":"server42key","ssl_key":"server42key","license_type":"type42ABC"}
        """#
}
