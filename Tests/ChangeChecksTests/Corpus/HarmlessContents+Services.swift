extension HarmlessContents {
    /// Settings of services.
    static let services = #"""
        {"spring":{"datasource":{"url":"jdbc:postgresql://db:5432/orders","username":"orders","password":"${DB_PASSWORD}"}}}
        {"spring.datasource.url":"jdbc:mysql://db/shop?useSSL=true&serverTimezone=UTC","spring.datasource.password":"${DB_PASSWORD:}"}
        {"spring":{"security":{"oauth2":{"client":{"provider":{"idp":{"issuer-uri":"https://id.example.com","token-uri":"https://id.example.com/token","user-name-attribute":"sub"}}}}}}}
        {"spring":{"security":{"oauth2":{"client":{"registration":{"idp":{"client-id":"orders","client-secret":"${OAUTH_SECRET}","authorization-grant-type":"authorization_code","scope":["openid","profile"]}}}}}}}
        {"spring":{"redis":{"host":"redis","port":6379,"password":"","timeout":"2s"}}}
        {"spring":{"kafka":{"bootstrap-servers":"kafka:9092","ssl":{"key-store-location":"classpath:kafka.jks","key-store-password":"${KEYSTORE_PASSWORD}"}}}}
        {"spring":{"cloud":{"vault":{"uri":"https://vault:8200","authentication":"TOKEN","token":"${VAULT_TOKEN}"}}}}
        {"spring":{"cloud":{"config":{"server":{"encrypt":{"enabled":true}}}},"datasource":{"password":"{cipher}AQBf3kd92jd0kfjw9fk20dkfjw"}}}
        {"spring":{"ldap":{"urls":"ldap://ldap:389","base":"dc=example,dc=com","username":"cn=reader,dc=example,dc=com","password":"#{systemProperties['ldap.password']}"}}}
        {"server":{"port":8443,"ssl":{"key-store":"classpath:keystore.p12","key-store-type":"PKCS12","key-store-password":"${SSL_PASSWORD}","key-alias":"tomcat"}}}
        {"management":{"endpoints":{"web":{"exposure":{"include":"health,info,metrics"}}},"endpoint":{"env":{"keys-to-sanitize":"password,secret,key,token,.*credentials.*"}}}}
        {"logging":{"level":{"root":"INFO","com.acme.security.token":"DEBUG","com.acme.password":"TRACE"}}}
        {"logging.level.com.acme.auth.token":"DEBUG","logging.level.org.springframework.security":"WARN"}
        {"jwt":{"issuer":"https://id.example.com","audience":"orders","token":{"ttl":"15m","header":"Authorization","prefix":"Bearer "}}}
        {"auth":{"tokenExpiration":3600,"refreshTokenExpiration":86400,"tokenHeader":"X-Auth-Token","tokenType":"Bearer"}}
        {"security":{"password":{"minLength":12,"maxLength":128,"requireDigits":true,"requireSymbols":false,"historySize":5,"encoder":"bcrypt","strength":10}}}
        {"password_policy":{"min_length":8,"pattern":"^(?=.*[A-Z])(?=.*[0-9]).{8,}$","max_age":"90d","message":"At least 8 characters and 1 digit"}}
        {"password":{"regex":"^[A-Za-z0-9]{8,}$","policy":"strict","validation":{"pattern":"^.{12,}$"}}}
        {"validators":{"email":"^[^@]+@[^@]+$","password":"^(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9]).{10,64}$"}}
        {"oauth":{"token_url":"https://auth.example.com/oauth/token","authorization_url":"https://auth.example.com/authorize","client_id":"console","scopes":["read","write"]}}
        {"oidc":{"token_endpoint":"https://id.example.com/token","token_endpoint_auth_method":"client_secret_basic","token_endpoint_auth_methods_supported":["client_secret_post","private_key_jwt"]}}
        {"oauth2":{"grantType":"client_credentials","clientAuthentication":"client_secret_post","tokenName":"access_token"}}
        {"llm":{"model":"small","max_tokens":2048,"max_new_tokens":256,"temperature":0.2,"stop_tokens":["User:","Assistant:"]}}
        {"tokenizer":{"bos_token":"<s>","eos_token":"</s>","pad_token":"<pad>","unk_token":"[UNK]","sep_token":"[SEP]"}}
        {"tokenizer":{"special_tokens":["<|im_start|>","<|im_end|>"],"eos_token":"<|endoftext|>","stop_token":"Observation"}}
        {"limits":{"tokensPerMinute":60000,"max_total_tokens":"8192","num_tokens":"12"}}
        {"database":{"host":"db","port":5432,"name":"orders","user":"orders","password_file":"/run/secrets/db_password"}}
        {"database":{"password_file":"secrets/db.txt","passwordFile":"/etc/app/password","PASSWORD_FILE":"/run/secrets/pw"}}
        {"database":{"password":"file:/run/secrets/db_password","passwordRef":"db/password"}}
        {"database":{"dsn":"postgres://orders@db:5432/orders?sslmode=verify-full"}}
        {"database":{"url":"postgres://${DB_USER}:${DB_PASSWORD}@db:5432/orders"}}
        {"database":{"url":"postgresql://<user>:<password>@db/orders"}}
        {"database":{"url":"mysql://{{user}}:{{password}}@db/orders"}}
        {"database":{"url":"postgres://USER:PASSWORD@HOST/DATABASE"}}
        {"database":{"url":"mongodb://$(USER):$(PASS)@mongo-0,mongo-1/orders?replicaSet=rs0"}}
        {"database":{"url":"mongodb+srv://app:%s@cluster0.example.net/orders"}}
        {"database":{"connectionString":"Server=db;Database=orders;Integrated Security=true;TrustServerCertificate=true"}}
        {"ConnectionStrings":{"Default":"Server=db;Database=orders;User Id=orders;Password=${DB_PASSWORD};"}}
        {"ConnectionStrings":{"Default":"Host=db;Username=orders;Password=#{DbPassword}#","Redis":"redis:6379,ssl=True,password={password}"}}
        {"ConnectionStrings":{"Storage":"UseDevelopmentStorage=true","Sql":"Data Source=app.db;Pwd=***"}}
        {"Jwt":{"Issuer":"https://id.example.com","Audience":"api","Key":"@Microsoft.KeyVault(SecretUri=https://acme.vault.azure.net/secrets/jwt/)"}}
        {"AzureAd":{"Instance":"https://login.microsoftonline.com/","TenantId":"common","ClientId":"00000000-0000-0000-0000-000000000000","ClientSecret":"@Microsoft.KeyVault(VaultName=acme;SecretName=client)"}}
        {"Kestrel":{"Certificates":{"Default":{"Path":"cert.pfx","Password":"$CREDENTIAL_PLACEHOLDER$"}}}}
        {"Logging":{"LogLevel":{"Default":"Information","Microsoft.Identity.Token":"Warning"}}}
        {"smtp":{"host":"mail.example.com","port":587,"user":"noreply@example.com","pass":"$SMTP_PASS","secure":false}}
        {"smtp":{"auth":{"user":"noreply","pass":"%SMTP_PASS%"}}}
        {"mail":{"password":"<%= ENV['MAIL_PASSWORD'] %>","from":"Acme <noreply@example.com>"}}
        {"rabbitmq":{"uri":"amqp://rabbit:5672/%2f","credentials":{"username":"app","passwordFile":"/run/secrets/rabbit"}}}
        {"redis":{"url":"redis://redis:6379/0","sentinel_password":null,"password":false}}
        {"s3":{"bucket":"assets","region":"eu-central-1","access_key_id":"AKIAIOSFODNN7EXAMPLE","secret_access_key":"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}}
        {"s3":{"credentials":{"provider":"instance-profile","profile":"default","region":"eu-west-1"}}}
        {"aws":{"kms_key_arn":"arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab","secret":"arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf"}}
        {"gcp":{"secret":"projects/acme/secrets/db-password/versions/latest","credentials_file":"/var/run/gcp/key.json"}}
        {"encryption":{"algorithm":"AES-256-GCM","key_id":"alias/orders","key_rotation":"90d","encryption_key":"vault:transit/keys/orders"}}
        {"signing":{"key_file":"/etc/keys/signing.pem","signingKey":"file:///etc/keys/signing.pem","private_key":"keys/private.pem","public_key":"keys/public.pem"}}
        {"ssh":{"private_key_path":"~/.ssh/id_ed25519","private_key":"~/.ssh/id_ed25519","known_hosts":"./known_hosts"}}
        {"tls":{"cert":"/etc/tls/tls.crt","key":"/etc/tls/tls.key","private_key":"C:\\certs\\server.key","client_auth":"require"}}
        {"webhook":{"url":"https://hooks.example.com/in","secret_ref":"webhook-secret","signature_header":"X-Signature-256","secret":null}}
        {"webhook":{"secret":{"$secret":"vault:kv/webhook#secret"},"timeout":"5s"}}
        {"db":{"password":{"$secret":"file:/run/secrets/db"},"user":{"$secret":"env:DB_USER"}}}
        {"session":{"cookie":{"name":"sid","secure":true,"sameSite":"lax"},"secret":"${SESSION_SECRET}","keys":["${KEY_1}","${KEY_2}"]}}
        {"csrf":{"token_name":"_csrf","header":"X-CSRF-Token","csrfToken":"X-CSRF-Token"}}
        {"captcha":{"site_key":"public-site-key","secret_key":"${CAPTCHA_SECRET}"}}
        {"analytics":{"writeKey":"web","api_key":"__API_KEY__","tokens":[]}}
        {"grpc":{"max_message_size":"4MB","keepalive":"30s","token":null,"metadata":{"authorization":"Bearer ${TOKEN}"}}}
        {"http":{"headers":{"Authorization":"Bearer {{ token }}","X-Api-Key":"{{ api_key }}"}}}
        {"http":{"headers":["Authorization: Bearer ${TOKEN}","Accept: application/json"]}}
        {"http":{"headers":{"Authorization":"Basic <base64>","Proxy-Authorization":"Negotiate"}}}
        {"http":{"proxy":"http://proxy:3128","no_proxy":"localhost,127.0.0.1","proxy_password":""}}
        {"fetch":{"credentials":"include","mode":"cors"},"xhr":{"credentials":"same-origin"},"img":{"credentials":"omit"}}
        {"feature":{"password_reset":true,"passwordless":false,"token_refresh":"enabled","secret_santa":"on"}}
        {"flags":{"new-token-flow":{"enabled":true,"rollout":25},"show_password":"hover","enableApiKey":"beta-users"}}
        {"flags":{"reset_password":"true","two-factor-secret":"false","api_key":"none"}}
        {"rate":{"keyBy":"token","limits":[{"key":"api_key","value":"100"},{"key":"token","value":"50"}]}}
        {"search":{"tokenizer":"standard","token_filters":["lowercase","stop"],"max_token_length":255}}
        """#
}
