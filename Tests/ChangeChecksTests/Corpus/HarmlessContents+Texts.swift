extension HarmlessContents {
    /// Texts for people.
    static let texts = #"""
        {"de":{"login":{"username":"Benutzername","password":"Passwort","forgot":"Passwort vergessen?","submit":"Anmelden"}}}
        {"de":{"password":"Passwort vergessen?","token":"Kein gültiger Schlüssel","secret":"Geheimnis"}}
        {"en":{"password":"Password","confirmPassword":"Confirm password","newPassword":"New password","password_hint":"At least 8 characters"}}
        {"en":{"errors":{"password":"Password must be at least 8 characters","token":"The token is older than 24 hours"}}}
        {"en":{"invalid_credentials":"AUTH_001","missing_token":"AUTH_002","wrong_password":"Wrong password, try again","expired_token":"E4011"}}
        {"fr":{"password":"Mot de passe","token":"Jeton","secret":"Secret","password_help":"Au moins 8 caractères"}}
        {"fr":{"password":"8 caractères au moins"},"es":{"password":"Contraseña","credentials":"Credenciales de acceso"}}
        {"nl":{"password":"Wachtwoord"},"cs":{"password":"Heslo"},"it":{"password":"Parola"},"pt":{"password":"Senha"},"fi":{"password":"Salasana"}}
        {"pl":{"password":"Hasło"},"sv":{"password":"Lösenord"},"da":{"password":"Adgangskode"},"no":{"password":"Passord"},"tr":{"password":"Şifre"}}
        {"ja":{"password":"パスワード","token":"トークン"},"zh":{"password":"密码","secret":"秘密"},"ru":{"password":"Пароль","token":"Токен"}}
        {"password":"Enter your password","passwordPlaceholder":"••••••••","secret":"Your secret, please"}
        {"labels":{"password":"Password:","password2":"Repeat password","api_key":"API key","token":"Token *"}}
        {"menu":{"api_keys":"API keys","tokens":"Access tokens","secrets":"Secrets","credentials":"Credentials"}}
        {"help":{"token":"Create one under Settings > Tokens","password":"Ask your administrator"}}
        {"help":{"password":{"title":"Password","text":"Between 8 and 64 characters","error":"Too short"}}}
        {"help":{"password":"Must be 8-20 characters long and hold 1 digit"}}
        {"mail":{"subject":"Reset your password","body":"Hello {{name}}, use this link within 24 hours: {{link}}"}}
        {"mail":{"body":"Your password has been changed. If this was not you, write to security@example.com."}}
        {"docs":{"intro":"Send the header Authorization: Bearer <token> with each request.","auth":"Set Authorization: Basic base64(user:password)."}}
        {"docs":{"example":"curl -u user https://api.example.com -H 'Authorization: Bearer $TOKEN'","dsn":"postgres://user@host/db"}}
        {"docs":{"url":"The form is scheme://user:<password>@host:port/name","key":"A key begins with AKIA, sk_live_ or ghp_."}}
        {"docs":{"pem":"Paste everything between -----BEGIN CERTIFICATE----- and -----END CERTIFICATE-----"}}
        {"docs":{"formats":["AKIA followed by 16 characters","xoxb-your-token-here","glpat-xxxxxxxxxxxxxxxxxxxx","sk-your-key-goes-here"]}}
        {"faq":[{"q":"What is a token?","a":"A token=something that stands for a login."},{"q":"Where is my password?","a":"In your head."}]}
        {"quiz":{"answer":"the password is swordfish","passphrase":"say friend and enter"}}
        {"todo":["rotate the secret","remove token from the logs","change password of the database"]}
        {"terms":{"secret_santa":"Wichteln mit Kollegen","password_manager":"KeePassXC","token_ring":"IEEE 802.5"}}
        {"comment":"The password is kept in Vault, the token as well.","note":"secret -> see runbook 12"}
        {"API Key":"API-nyckel","Access Token":"Zugriffstoken","Bot secret":"Bot-Geheimnis","Application Token":"Anwendungstoken"}
        {"messengerAuthToken":"360messenger API Key","messengerErrorNoApiKey":"Please enter your 360messenger API key first."}
        {"messengerApiKey":"Ключ API 360messenger","wayToGetToken":"Klíč získáte na adrese {0} za 5 minut","getToken":"Puoi ottenerla da {0}"}
        {"OAuth2: Client Credentials":"OAuth2: credenziali del client","RadiusSecret":"Radius-Geheimnis","apiPassword":"API-salasana"}
        {"wayToGetToken":"{0}からアクセストークンを入手できます","getBotToken":"APIキーは{0}から","SecretKey":"Secretkey","eu":{"password":"Pasahitza"}}
        {"uz":{"password":"Parol"},"ca":{"password":"Contrasenya"},"gl":{"password":"Contrasinal"}}
        {"poem":"Key by key, the keyboard sang; pass by pass, the needle ran."}
        {"story":"She said: token: none, secret: none, password: none."}
        """#
}
