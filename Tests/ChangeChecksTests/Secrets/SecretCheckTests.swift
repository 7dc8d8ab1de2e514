import ChangeChecks
import ConfigAccess
import ConfigModel
import Testing

@Suite struct SecretCheckTests {
    /// What is found: `rule pointer`, with `!` before what only warns.
    private func found(
        _ text: String, head: String? = nil, notSecret: Set<String> = [], comment: String = "", author: String = ""
    ) throws -> [String] {
        let content = try JSONValue(parsing: text)
        let before = try head.map { try JSONValue(parsing: $0) }
        let report = SecretCheck.report(
            content: content, comment: comment, author: author, head: before, notSecret: notSecret)
        return report.findings.map { "\($0.rule) \($0.pointer)" } + report.warnings.map { "!\($0.rule) \($0.pointer)" }
    }

    @Test func allOfThemInOneReport() throws {
        let url = "postgres://a:" + "b4c5" + "@db/x"
        let report = try found(
            #"{"a":{"password":"hunter2"},"b":["\#(url)"],"c":{"tokens":["one11","two22"]}}"#, comment: "see \(url)",
            author: url)
        #expect(
            report == [
                "named /a/password", "url-password /b/0", "named /c/tokens/0", "named /c/tokens/1",
                "url-password comment",
                "url-password created_by",
            ])
    }

    @Test(arguments: ["changeme", "CHANGEME", "change-me", "change_me", "ChangeMe!", "changeit"])
    func whatEverybodyKnowsWarns(_ value: String) throws {
        #expect(try found(#"{"password":"\#(value)"}"#) == ["!named /password"])
        #expect(try found(#"{"url":"postgres://app:\#(value)@db/x"}"#) == ["!url-password /url"])
        #expect(try found(#"{"env":["PASSWORD=\#(value)"]}"#) == ["!named /env/0"])
    }

    @Test(arguments: [
        ("amqp://guest:" + "guest@rabbit:5672", true), ("amqp://guest:" + "guest@localhost", true),
        ("postgres://app:" + "app@localhost:5432/x", true), ("postgres://app:" + "app@127.0.0.1/x", true),
        ("postgres://app:" + "app@[::1]:5432/x", true), ("postgres://app:" + "app@LOCALHOST/x", true),
        ("postgres://app:" + "app@db/x", false), ("postgres://app:" + "app@localhost.example.com/x", false),
        ("postgres://app:" + "other@localhost/x", false), ("mongodb://app:" + "app@localhost,db/x", false),
        ("amqp://guest:" + "guest2@rabbit", false),
    ])
    func loginsThatComeWithAProductWarn(url: String, warns: Bool) throws {
        #expect(try found(#"{"url":"\#(url)"}"#) == [warns ? "!url-password /url" : "url-password /url"])
    }

    @Test(arguments: ["sk", "rk"]) func testKeysOfStripeWarn(_ prefix: String) throws {
        let key = "\(prefix)_" + "test_" + SecretText.draw(24)
        #expect(try found(#"{"x":"\#(key)"}"#) == ["!stripe /x"])
        #expect(try found(#"{"secret_key":"\#(key)"}"#) == ["!stripe /secret_key"])
    }

    @Test func whatTheHeadHasAtTheSamePlaceWarns() throws {
        let content = #"{"a":{"password":"hunter2"},"list":["x","--token=abcd1234"]}"#
        #expect(try found(content, head: content) == ["!named /a/password", "!named /list/1"])
        #expect(
            try found(content, head: #"{"a":{"password":"hunter3"},"list":["--token=abcd1234"]}"#)
                == ["named /a/password", "named /list/1"])
        #expect(try found(content, head: #"{"password":"hunter2"}"#) == ["named /a/password", "named /list/1"])
        #expect(
            try found(content, head: #"{"a":"password","list":{"1":"--token=abcd1234"}}"#).allSatisfy {
                !$0.hasPrefix("!")
            })
        // Another name at the same place of an array is another secret only when its value is.
        #expect(
            try found(#"{"list":[{"password":"hunter2"}]}"#, head: #"{"list":["hunter2"]}"#) == [
                "named /list/0/password"
            ])
    }

    @Test func whatTheSchemaSaysIsNoSecretIsNone() throws {
        let content = #"{"a":{"password":"hunter2","token":"abcd1234"},"b/c":{"x":["postgres://a:b4c5@db"]}}"#
        #expect(try found(content, notSecret: ["/a/password", "/b~1c"]) == ["named /a/token"])
        #expect(try found(content, notSecret: ["/a"]) == ["url-password /b~1c/x/0"])
        #expect(try found(content, notSecret: [""]) == [])
        #expect(try found(content, notSecret: ["/a/pass", "/b~1c/x/1", "a"]).count == 3)
    }

    @Test func ownTokensAreProvenByTheirCheck() throws {
        let token = TokenText.random().secretText
        let wrong = String(token.dropLast()) + (token.hasSuffix("0") ? "1" : "0")
        #expect(try found(#"{"x":"\#(token)"}"#) == ["configbus /x"])
        #expect(try found(#"{"x":"\#(wrong)"}"#) == [])
        #expect(try found(#"{"x":"\#(token.dropLast())"}"#) == [])
        // Under a secret name it is a secret all the same.
        #expect(try found(#"{"token":"\#(wrong)"}"#) == ["named /token"])
    }

    @Test func aKeyThatIsASecretIsNotShown() throws {
        let key = "gh" + "p_" + SecretText.draw(36)
        let other = "gh" + "p_" + SecretText.draw(36, seed: 7)
        #expect(try found(#"{"\#(key)":1}"#) == ["github /***"])
        #expect(try found(#"{"\#(key)":1,"\#(other)":2}"#) == ["github /***"])
        #expect(try found(#"{"a":{"\#(key)":{"password":"hunter2"}}}"#) == ["github /a/***", "named /a/***/password"])
        #expect(try found(#"{"\#(key)":1}"#, head: #"{"\#(key)":2}"#) == ["!github /***"])
        #expect(try found(#"{"\#(key)":1}"#, head: #"{"\#(other)":2}"#) == ["github /***"])
    }

    @Test func loginsOfDocker() throws {
        #expect(
            try found(#"{"auths":{"r.example.com":{"auth":"dTpwNHNz","email":"a@example.com"}}}"#)
                == ["named /auths/r.example.com/auth"])
        #expect(try found(#"{"auth":"dTpwNHNz"}"#) == [])
        #expect(try found(#"{"auths":{"r":{"auth":"${AUTH}"}}}"#) == [])
    }

    @Test func keysOfServiceAccounts() throws {
        #expect(
            try found(#"{"k":{"type":"service_account","private_key":"q7Zk29fjQ1"}}"#) == ["private-key /k/private_key"]
        )
        #expect(try found(#"{"k":{"type":"service_account","private_key":"${KEY}"}}"#) == [])
        #expect(try found(#"{"k":{"type":"other","private_key":"q7Zk29fjQ1"}}"#) == ["named /k/private_key"])
    }

    @Test(arguments: ["", #"\n"#, #"\n...\n"#, #"\n<key>\n"#, #"\n${KEY}\n"#]) func keysThatAreEmpty(_ body: String)
        throws
    {
        let begin = "-----BEGIN RSA PRIV" + "ATE KEY-----"
        let end = "-----END RSA PRIV" + "ATE KEY-----"
        #expect(try found(#"{"x":"\#(begin + body + end)"}"#) == [])
        #expect(try found(#"{"x":"\#(begin)\n\#(SecretText.draw(64))\n\#(end)"}"#) == ["private-key /x"])
        #expect(try found(#"{"x":"\#(begin)"}"#) == ["private-key /x"])
    }

    @Test func authorization() throws {
        #expect(try found(#"{"headers":{"Authorization":"Bearer q7Zk29fjQ1"}}"#) == ["named /headers/Authorization"])
        #expect(try found(#"{"headers":{"authorization":"basic dTpwNHNz"}}"#) == ["named /headers/authorization"])
        #expect(
            try found(#"{"headers":[{"name":"Authorization","value":"Bearer q7Zk29fjQ1"}]}"#) == [
                "named /headers/0/value"
            ])
        #expect(try found(#"{"authorization":"enabled","x":"Bearer q7Zk29fjQ1"}"#) == [])
    }

    @Test func referencesAreExactlyOneMember() throws {
        #expect(try found(#"{"password":{"$secret":"vault:kv/db4x7"}}"#) == [])
        #expect(try found(#"{"password":{"$secret":"hunter2"}}"#) == ["named /password/$secret"])
        #expect(
            try found(#"{"password":{"$secret":"vault:kv/db","other":"hunter2"}}"#).contains("named /password/other"))
        #expect(
            try found(#"{"password":{"$secret":"https://a:\#("b4c5")@vault/x"}}"#) == ["url-password /password/$secret"]
        )
    }

    @Test(arguments: ["AAAAAA", "123456", "EXAMPLE"]) func examplesOfProviders(_ mark: String) throws {
        let body = SecretText.draw(36)
        #expect(try found(#"{"x":"\#("gh" + "p_" + body)"}"#) == ["github /x"])
        #expect(try found(#"{"x":"\#("gh" + "p_" + body + mark)"}"#) == [])
    }

    @Test(arguments: [
        ("a digit and a blank", "correct horse 7 battery", true),
        ("a blank and no digit", "correct horse battery", false),
        ("four characters", "ab1c", true), ("three characters", "b1c", false), ("a path", "/etc/app/pw", false),
        ("begins like a path", "/kQ7x+Zp2/Lm9w8Rt", true), ("a variable", "$DB_PASSWORD_2", false),
        ("begins like one", "$Db9pass", true),
        ("a colour", "#a1b2c3", false), ("begins like one", "#a1b2zz", true),
        ("a hash", "$2y$10$abcdefghijklmnopqrstuv", false),
        ("plain text for Spring", "{noop}hunter2", true), ("a date", "2024-12-24", false),
        ("white space around", " hunter2 ", true),
        ("not ASCII", "Schlüssel", false), ("not ASCII, a digit", "Schlüssel7", true),
        ("hexadecimal", "5f4dcc3b5aa765d61d", true),
        ("a UUID", "0b7f3c0e-6a0f-4c53-9f0e-6a2f5c2c9d11", true), ("a sentence", "Must hold at least 1 digit", false),
    ])
    func valuesOfPasswords(what: String, value: String, isSecret: Bool) throws {
        #expect(try found(#"{"password":"\#(value)"}"#) == (isSecret ? ["named /password"] : []), "\(what)")
    }

    /// What stands behind the first word of a placeholder or reference is a name, and no password.
    @Test(arguments: [
        "todo-kR7vault9Qm2", "env.kR7vault9Qm2zz", "aws:kR7vault9Qm2zz", "example-kR7v9Qm2", "secret:k7vault9qm2",
        "xxxkR7vault9Qm2", "vault:kR7vault9Qm2zz", "env:KR7VAULT9QM2", "$.kR7vault9Qm2", "arn:kR7vault9Qm2zz",
        "your-kR7v9Qm2x", "file:kR7vault9Qm2zz",
    ])
    func aPrefixMakesNoPlaceholderOfAPassword(_ value: String) throws {
        #expect(try found(#"{"password":"\#(value)"}"#) == ["named /password"])
        #expect(try found(#"{"env":["DB_PASSWORD=\#(value)"]}"#) == ["named /env/0"])
    }

    @Test(arguments: [
        "todo", "TODO: rotate", "todo-2", "example-password1", "your-api-key-123", "YOUR_S3_SECRET_KEY_2",
        "env.DB_PASSWORD",
        "env:OAUTH2_CLIENT_SECRET", "env.OAuth2ClientSecret", "aws:secretsmanager:eu-west-1:prod/db-AbCdEf",
        "gcp:projects/123456/secrets/db/versions/3", "k8s:orders-v2/db.password", "secrets.GITHUB_TOKEN",
        "$.credentials.s3.accessKey", "vault:kv/data/db4x7#password",
        "vault:v1:8SDd3WHDOjf7mq69CyCqYjBXAiQQAVZRkFM13ok481zo==",
        "file:/run/secrets/db_password", "ssm:/prod/orders/db-password", "xxxxxxxx", "***", "...abcd",
    ])
    func whatNamesASecretIsNone(_ value: String) throws {
        #expect(try found(#"{"password":"\#(value)"}"#) == [])
    }

    @Test(arguments: [
        (#"{"passwordSecretKey":"hunter2x"}"#, false), (#"{"secretKey":"hunter2x"}"#, true),
        (#"{"secretKey":"hunter2x","remoteRef":{"key":"a"}}"#, false),
        (#"{"secretName":"a","secretKey":"hunter2x"}"#, false),
        (#"{"credentials":{"username":"admin77","value":"hunter2x"}}"#, true),
        (#"{"credentials":{"username":"admin77"}}"#, false),
        (#"{"secrets":["db-main","cache"]}"#, false), (#"{"secrets":["kQ7xZp2Lm9"]}"#, true),
        (#"{"passwords":{"prod":{"alice":"hunter2x"}}}"#, true),
        (#"{"passwords":{"policy":{"hint":"hunter2x"}}}"#, false),
        (#"{"password_policy":{"x":"hunter2x"}}"#, false), (#"{"compass":"hunter2x","bypass":"hunter2x"}"#, false),
        (#"{"proxy_pass":"hunter2x"}"#, false), (#"{"DB Password":"hunter2x"}"#, true),
        (#"{"initialPassword":"hunter2x"}"#, true), (#"{"no-secrets/no-secrets":["error",{"x":"hunter2x"}]}"#, false),
    ])
    func namesOfSettings(text: String, isFound: Bool) throws {
        #expect(try found(text).isEmpty == !isFound)
    }
}
