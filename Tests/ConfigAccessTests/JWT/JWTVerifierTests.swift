import ConfigModel
import TestSupport
import Testing

@testable import ConfigAccess

/// A JWT counts exactly when everything about it is as the operator's files say.
@Suite(.timeLimit(.minutes(1))) struct JWTVerifierTests {
    private let scene: JWTScene
    private let seconds = JWTScene.seconds

    init() throws { scene = try JWTScene() }

    private func token(_ changes: [String: String?] = [:]) -> String { scene.es256.token(JWTScene.claims(changes)) }

    @Test(arguments: 0..<4) func aTokenOfEachAlgorithmProvesItsIdentity(_ index: Int) throws {
        let signer = scene.signers[index]
        let principal = try scene.verify(signer.token(JWTScene.claims(["jti": #""7""#])))
        #expect(principal.kind == .jwt && principal.name == "sso:alice" && principal.grants.isEmpty)
        #expect(principal.tokenID == "7")
        #expect(principal.expiresAt == Timestamp(milliseconds: (seconds + 630) * 1_000))
    }

    @Test(arguments: ["", #","typ":"JWT""#, #","typ":"at+jwt""#, #","jku":"https://evil","x5c":["MII"],"jwk":{}"#])
    func aHeaderMaySay(_ more: String) throws {
        let header = #"{"alg":"ES256","kid":"es"\#(more)}"#
        #expect(scene.refusal(scene.es256.token(JWTScene.claims(), header: header)) == nil)
    }

    @Test(arguments: [
        #"{"alg":"none","kid":"es"}"#, #"{"alg":"none"}"#, #"{"alg":"ES256"}"#, #"{"alg":"ES256","kid":"unknown"}"#,
        #"{"alg":"ES256","kid":""}"#, #"{"alg":"ES256","kid":1}"#, #"{"alg":"ES256","kid":null}"#, #"{"kid":"es"}"#,
        #"{"alg":"RS256","kid":"es"}"#, #"{"alg":"ES384","kid":"es"}"#, #"{"alg":"es256","kid":"es"}"#,
        #"{"alg":"ES256","kid":"es","crit":["b64"],"b64":false}"#, #"{"alg":"ES256","kid":"es","crit":[]}"#,
        #"{"alg":"ES256","kid":"es","typ":"JOSE"}"#, #"{"alg":"ES256","kid":"es","typ":1}"#,
    ])
    func aHeaderMayNotSay(_ header: String) {
        #expect(scene.refusal(scene.es256.token(JWTScene.claims(), header: header)) == .header)
    }

    @Test func noKeyVerifiesWhatAnotherOneSigned() throws {
        for signer in scene.signers {
            for other in scene.signers where other.id != signer.id {
                // The kid of another key, with the signer's own algorithm, and with the key's.
                let mixed = #"{"alg":"\#(signer.algorithm)","kid":"\#(other.id)"}"#
                let claimed = #"{"alg":"\#(other.algorithm)","kid":"\#(other.id)"}"#
                #expect(scene.refusal(signer.token(JWTScene.claims(), header: mixed)) == .header)
                #expect(scene.refusal(signer.token(JWTScene.claims(), header: claimed)) == .signature)
            }
        }
        // Another key of the same kind.
        let header = #"{"alg":"ES256","kid":"es"}"#
        #expect(scene.refusal(JWTSigner.es256().token(JWTScene.claims(), header: header)) == .signature)
    }

    @Test func aPublicKeyIsNoSecret() throws {
        for secret in [scene.rs256.pem, String(scene.rs256.pem.dropLast()), scene.rs256.jwk] {
            let attacker = JWTSigner.hs256("rs", secret: Array(secret.utf8))
            #expect(scene.refusal(attacker.token(JWTScene.claims())) == .header)
            let header = #"{"alg":"RS256","kid":"rs"}"#
            #expect(scene.refusal(attacker.token(JWTScene.claims(), header: header)) == .signature)
        }
    }

    @Test func aChangedPartIsRefused() throws {
        for signer in scene.signers {
            let token = signer.token(JWTScene.claims())
            let parts = token.split(separator: ".").map(String.init)
            let other = signer.token(JWTScene.claims(["sub": #""mallory""#])).split(separator: ".").map(String.init)
            #expect(scene.refusal("\(parts[0]).\(other[1]).\(parts[2])") == .signature)
            #expect(scene.refusal("\(parts[0]).\(parts[1]).") == .signature)
            #expect(scene.refusal("\(parts[0]).\(parts[1]).\(JWTSigner.encode([0, 0]))") == .signature)
            #expect(
                scene.refusal("\(parts[0]).\(parts[1]).\(JWTSigner.encode([UInt8](repeating: 0, count: 64)))")
                    == .signature)
        }
    }

    @Test func onlyTheStrictFormIsRead() {
        let good = token()
        #expect(scene.refusal(good) == nil)
        let parts = good.split(separator: ".").map(String.init)
        let padded = ["\(parts[0])=", "\(parts[0])=="].map { "\($0).\(parts[1]).\(parts[2])" }
        let duplicate = JWTScene.claims().dropLast() + #","exp":\#(seconds + 60)}"#
        let long = token(["pad": "\"\(String(repeating: "x", count: 9_000))\""])
        for text in padded + [
            "", ".", "..", "...", good + ".", "." + good, good + "=", good + "\n", " " + good, good + "..x",
            "\(parts[0]).\(parts[1])", "\(parts[0])+.\(parts[1]).\(parts[2])", long,
            scene.es256.token(String(duplicate)), scene.es256.token(JWTScene.claims() + " x"),
            scene.es256.token("\u{feff}" + JWTScene.claims()), scene.es256.token("[]"), scene.es256.token(""),
            scene.es256.token(JWTScene.claims(), header: #"{"alg":"ES256","kid":"es","kid":"es"}"#),
            scene.es256.token(JWTScene.claims(), header: "1"),
        ] {
            #expect(scene.refusal(text) == .malformed, "\(text.prefix(80))")
        }
        #expect(scene.refusal(token(["pad": "\"\(String(repeating: "x", count: 5_000))\""])) == nil)
    }

    @Test(
        arguments: [
            (["iss": #""https://sso/""#], .issuer), (["iss": nil], .issuer), (["iss": #"["https://sso"]"#], .issuer),
            (["aud": nil], .audience), (["aud": #""else""#], .audience), (["aud": "[]"], .audience),
            (["aud": #"["x","y"]"#], .audience), (["aud": "1"], .claim("aud")),
            (["aud": #"["configbus",1]"#], .claim("aud")),
            (["exp": nil], .claim("exp")), (["exp": "null"], .claim("exp")), (["exp": #""1900000000""#], .claim("exp")),
            (["exp": "1e300"], .claim("exp")), (["exp": "-1"], .claim("exp")), (["nbf": "true"], .claim("nbf")),
            (["iat": "{}"], .claim("iat")), (["jti": "1"], .claim("jti")), (["jti": "null"], .claim("jti")),
            (["sub": nil], .claim("/sub")), (["sub": "1"], .claim("/sub")), (["sub": #""""#], .subject),
            (["sub": #""a b""#], .subject), (["sub": #""é""#], .subject), (["sub": #""a\nb""#], .subject),
        ] as [([String: String?], JWTRefusal)])
    func aClaimThatIsNotAsItShouldBeIsRefused(_ changes: [String: String?], _ refusal: JWTRefusal) {
        #expect(scene.refusal(token(changes)) == refusal)
        #expect(refusal.isSigned)
    }

    @Test(
        arguments: [
            ["aud": #"["x","other"]"#], ["sub": #""system:serviceaccount:prod:parser""#],
            ["configbus": #"["admin:#/*"]"#],
            ["iat": "1799999999.75", "exp": "1800000600.5"], ["exp": "18000006e2"],
        ] as [[String: String?]])
    func aClaimMaySay(_ changes: [String: String?]) throws {
        #expect(try scene.verify(token(changes)).grants.isEmpty)
    }

    @Test func aSubjectHasAtMostTwoHundredCharacters() {
        #expect(scene.refusal(token(["sub": "\"\(String(repeating: "a", count: 200))\""])) == nil)
        #expect(scene.refusal(token(["sub": "\"\(String(repeating: "a", count: 201))\""])) == .subject)
    }

    @Test(
        arguments: [
            (["exp": -29], nil), (["exp": -30], .expired), (["exp": -31], .expired),
            (["exp": 60, "nbf": 30], nil), (["exp": 60, "nbf": 31], .early), (["exp": 60, "iat": 30], nil),
            (["exp": 60, "iat": 31], .early),
            (["exp": 86_400], nil), (["exp": 86_430], nil), (["exp": 86_431], .lifetime), (["exp": 90_000], .lifetime),
            (["exp": 86_400, "iat": 0], nil), (["exp": 600, "iat": -85_800], nil),
            (["exp": 600, "iat": -85_801], .lifetime),
            (["exp": 86_401, "iat": 0], .lifetime),
        ] as [([String: Int64], JWTRefusal?)])
    func timesCountWithALeewayOfThirtySeconds(_ times: [String: Int64], _ refusal: JWTRefusal?) {
        let changes = times.mapValues { Optional("\(seconds + $0)") }
        #expect(scene.refusal(token(changes)) == refusal)
    }

    @Test func rulesAddUp() throws {
        let both = ["groups": #"["dev","sre"]"#, "realm": #"{"level":3}"#]
        #expect(try scene.verify(token(both)).grants.map(\.description) == ["publisher:#/prod", "reader:#/*"])
        #expect(try scene.verify(token(["groups": #""sre""#])).grants.map(\.description) == ["publisher:#/prod"])
        for changes in [
            ["groups": #""sre2""#], ["groups": #"[["sre"]]"#], ["groups": "{}"], ["realm": #"{"level":"3"}"#],
        ] {
            #expect(try scene.verify(token(changes)).grants.isEmpty)
        }
    }

    @Test func aTokenBringsGrantsWhenItsIssuerIsTrustedWithThem() throws {
        let trusting = try JWTScene(more: #","trusts_grants":true"#)
        func verify(_ grants: String) throws(JWTRefusal) -> [String] {
            let token = trusting.es256.token(JWTScene.claims(["configbus": grants, "groups": #""sre""#]))
            return try trusting.verify(token).grants.map(\.description)
        }
        #expect(try verify(#"["reader:a/prod","publisher:#/prod"]"#) == ["publisher:#/prod", "reader:a/prod"])
        for grants in [#""reader:a/prod""#, "[1]", #"["writer:a/prod"]"#, "null"] {
            #expect(throws: JWTRefusal.grants) { try verify(grants) }
        }
        let many = (0..<40).map { "\"reader:s\($0)/prod\"" }.joined(separator: ",")
        #expect(throws: JWTRefusal.grants) { try verify("[\(many)]") }
    }

    @Test func theClaimThatNamesTheIdentityIsASetting() throws {
        let scene = try JWTScene(more: #","identity":"/realm/user""#)
        let token = scene.es256.token(JWTScene.claims(["realm": #"{"user":"bob"}"#, "sub": nil]))
        #expect(try scene.verify(token).name == "sso:bob")
    }
}
