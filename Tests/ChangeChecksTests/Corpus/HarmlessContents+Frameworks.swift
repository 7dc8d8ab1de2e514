extension HarmlessContents {
    /// Settings of frameworks and of programs that are written with them.
    static let frameworks = #"""
        {"SECRET_KEY":"${DJANGO_SECRET_KEY}","AUTH_PASSWORD_VALIDATORS":[{"NAME":"django.contrib.auth.password_validation.MinimumLengthValidator"}]}
        {"PASSWORD_HASHERS":["django.contrib.auth.hashers.Argon2PasswordHasher"],"PASSWORD_RESET_TIMEOUT":259200}
        {"users":[{"name":"admin","password":"$2b$12$ThisIsNotARealHashButItLooksLikeOneOfThemTrustMeOnIt"}]}
        {"users":{"admin":{"password":"$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub"}}}
        {"users":[{"name":"reader","password_hash":"5f4dcc3b5aa765d61d8327deb882cf99"}]}
        {"admin":{"password":"{SSHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g3Gl4r"}}
        {"admin":{"password":"pbkdf2:sha256:260000$saltsalt$0123456789abcdef0123456789abcdef"}}
        {"admin":{"password":"$6$rounds=5000$saltsalt$notarealhashnotarealhash"}}
        {"rails":{"secret_key_base":"<%= ENV['SECRET_KEY_BASE'] %>","password":"<%= Rails.application.credentials.db %>"}}
        {"laravel":{"rules":{"email":"required|email","password":"required|min:8|confirmed"}}}
        {"symfony":{"secret":"%env(APP_SECRET)%","password":"%env(resolve:DB_PASSWORD)%"}}
        {"express":{"session":{"secret":"process.env.SESSION_SECRET","resave":false}}}
        {"auth":{"token":"secrets.GITHUB_TOKEN","password":"env.DB_PASSWORD"}}
        {"ansible":{"become_password":"{{ vault_become_password }}","db_password":"!vault |"}}
        {"ansible":{"password":"{{ lookup('env', 'DB_PASSWORD') }}"}}
        {"terraform":{"variable":{"db_password":{"type":"string","sensitive":true,"description":"Password of the database"}}}}
        {"terraform":{"password":"${var.db_password}","token":"${data.vault_generic_secret.ci.data[\"token\"]}"}}
        {"cloudformation":{"MasterUserPassword":"{{resolve:secretsmanager:db:SecretString:password}}","Secret":"!Ref DbSecret"}}
        {"cloudformation":{"Parameters":{"DBPassword":{"NoEcho":true,"Type":"String","MinLength":"8","Description":"The password of the database"}}}}
        {"pulumi":{"config":{"acme:dbPassword":{"secure":"v1:abc"}}}}
        {"sops":{"password":"ENC[AES256_GCM,data:p673w==,iv:YY=,tag:UQ=,type:str]"}}
        {"jasypt":{"password":"ENC(G6N718UuyPE5bHyWKyuLQSm02auQPUtm)"}}
        {"micronaut":{"security":{"token":{"jwt":{"signatures":{"secret":{"generator":{"secret":"${JWT_SECRET}"}}}}}}}}
        {"quarkus":{"datasource":{"password":"${DB_PASSWORD}","credentials-provider":"vault"},"oidc":{"credentials":{"secret":"${OIDC_SECRET}"}}}}
        {"keycloak":{"realm":"acme","resource":"orders","public-client":true,"ssl-required":"external","credentials":{}}}
        {"hibernate":{"cache":{"use_second_level_cache":true},"connection":{"password":"@db.password@"}}}
        {"play":{"http":{"secret":{"key":"${?APPLICATION_SECRET}"}},"filters":{"csrf":{"token":{"name":"csrfToken","sign":true}}}}}
        {"celery":{"broker_url":"amqp://rabbit//","result_backend":"redis://redis/1"}}
        {"nextauth":{"providers":["github"],"secret":"process.env.NEXTAUTH_SECRET","pages":{"signIn":"/login"}}}
        {"passport":{"usernameField":"email","passwordField":"passwd"}}
        {"form":{"fields":[{"name":"username","type":"text"},{"name":"password","type":"password","label":"Password","value":""}]}}
        {"form":{"username":"username","password":"password","token":"_token"}}
        {"form":{"username":"user_name","password":"user_password","csrf_token":"csrf-token"}}
        {"login":{"selectors":{"user":"#user","password":"#password","submit":"button[type=submit]"}}}
        {"mapping":{"token":"$.access_token","expires":"$.expires_in","password":"$.credentials.password"}}
        {"mapping":{"accessToken":"data.accessToken","password":"userPassword","secret":"client_secret"}}
        {"env":{"password":"DB_PASSWORD","token":"GITHUB_TOKEN","api_key":"STRIPE_API_KEY"}}
        {"routes":{"forgotPassword":"/forgot-password","resetPassword":"/reset-password","token":"/oauth/token"}}
        {"routes":{"password":"/users/password/new","api_keys":"/settings/api-keys"}}
        {"schema":{"type":"object","properties":{"password":{"type":"string","minLength":8,"format":"password","description":"The password of the user"}},"required":["username","password"]}}
        {"schema":{"$defs":{"secret":{"type":"object","properties":{"$secret":{"type":"string","pattern":"^[a-z]+:"}}}},"properties":{"token":{"$ref":"#/$defs/secret"}}}}
        {"openapi":{"components":{"securitySchemes":{"token":{"type":"http","scheme":"bearer","bearerFormat":"JWT"},"api_key":{"type":"apiKey","in":"header","name":"X-API-Key"}}}}}
        {"graphql":{"type":"Mutation","fields":{"login":{"args":{"password":{"type":"String!","description":"Your password"}}}}}}
        {"avro":{"fields":[{"name":"password","type":["null","string"]},{"name":"token","type":"string"}]}}
        {"sql":{"login":"SELECT id FROM users WHERE name = :name AND password = :password","update":"UPDATE users SET password=? WHERE id=?"}}
        {"sql":{"create":"CREATE USER app WITH PASSWORD '${PASSWORD}'"}}
        {"sanitize":{"fields":["password","passwd","secret","token","api_key","authorization"],"replacement":"***"}}
        {"redact":{"patterns":["password=\\S+","token=[^&]+","(?i)authorization: bearer .*"],"with":"[REDACTED]"}}
        {"log":{"mask":"password=***","pattern":"%d{ISO8601} %-5level token=%X{token} %msg%n"}}
        {"log":{"filter":{"pattern":"(password|secret|token)=([^&\\s]+)","replace":"$1=xxxxx"}}}
        {"cli":{"usage":"app --user=NAME --password=<password> [--token=TOKEN]","examples":["app --password-file=/run/secrets/pw"]}}
        {"cli":{"args":["--token-file=/var/run/token","--password=${PASSWORD}","--api-key=$(API_KEY)","--secret-name=db"]}}
        {"cli":{"args":["--password","$PASSWORD","--token","file:/run/token","--no-password","--verbose"]}}
        {"cli":{"args":["--show-token","--token","--json"]}}
        {"git":{"url":"https://github.com/acme/orders.git","ref":"0f1e2d3c4b5a69788796a5b4c3d2e1f001234567","credentials":"git-credentials"}}
        {"npm":{"registry":"https://registry.npmjs.org/","//registry.npmjs.org/:_authToken":"${NPM_TOKEN}"}}
        {"maven":{"servers":[{"id":"nexus","username":"ci","password":"{nexus.password}"}]}}
        {"gradle":{"signing":{"keyId":"24875D73","password":"@SIGNING_PASSWORD@","secretKeyRingFile":"/home/ci/.gnupg/secring.gpg"}}}
        {"docker":{"auths":{"registry.example.com":{}},"credsStore":"osxkeychain","credHelpers":{"gcr.io":"gcloud"}}}
        {"game":{"monkey":"banana","keyboard":"qwerty-layout-de","turkey":"roast","compass":"north-east","bypass":"disabled-mode"}}
        {"game":{"passage":"secret-garden","secretary":"Miss Moneypenny","tokenize":"words-only","passport":"diplomatic"}}
        {"render":{"passes":["shadow","light"],"firstPass":"geometry","lowPass":"butterworth","render_pass":"forward-plus"}}
        {"audio":{"filters":{"high_pass":"butterworth-4","band_pass":"chebyshev-2"}}}
        {"shop":{"boarding_pass":"pdf417-code","season_pass":"adult-2024","tokens":{"brand":"#336699","radius":"4px","gap":"1.5rem"}}}
        {"design":{"designTokens":{"brand":"ocean-500"},"color_tokens":["ocean-500","sand-100"]}}
        {"design":{"tokens":{"color":{"primary":"blue-600"},"font":{"body":"Inter"}}}}
        """#
}
