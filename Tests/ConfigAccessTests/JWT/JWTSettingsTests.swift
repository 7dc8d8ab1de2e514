import ConfigModel
import TestSupport
import Testing

@testable import ConfigAccess

/// The file of `--jwt` is taken whole, or refused with a sentence that names the place.
@Suite(.timeLimit(.minutes(1))) struct JWTSettingsTests {
    private static let key = JWTSigner.es256("k1").jwk

    private static func issuer(_ more: String = "", name: String = "sso", key: String = Self.key) -> String {
        #"{"name":"\#(name)","iss":"https://\#(name)","audiences":["a"],"keys":[\#(key)]\#(more)}"#
    }

    private func problem(_ text: String, files: [String: String] = [:]) -> String {
        do {
            _ = try JWTScene.settings(text, files: files)
            return ""
        } catch {
            return "\(error)"
        }
    }

    @Test func whatIsCompleteIsTaken() {
        #expect(
            problem(#"{"issuers":[\#(Self.issuer(#","max_lifetime":"7d","rules":[],"trusts_grants":false"#))]}"#) == "")
    }

    @Test(arguments: [
        ("[]", ["jwt.json", "an object"]), ("{}", ["jwt.json", "\"issuers\""]), (#"{"issuers":[]}"#, ["0 issuers"]),
        (#"{"issuers":[1]}"#, ["issuer 1", "an object"]), (#"{"issuers":[],"issuer":1}"#, ["\"issuer\" is unknown"]),
        (#"{"issuers":[{}]}"#, ["issuer 1", "\"name\" is missing"]),
        (#"{"issuers":[{"name":"a:b"}]}"#, ["issuer 1", "a:b"]), (#"{"issuers":[{"name":"cert"}]}"#, ["certificates"]),
        (#"{"issuers":[{"name":"sso","key":[]}]}"#, ["issuer 'sso'", "\"key\" is unknown"]),
        (#"{"issuers":[{"name":"sso","iss":"i","audiences":["a"]}]}"#, ["issuer 'sso'", "jwks_file"]),
    ])
    func aFaultIsNamed(_ text: String, _ words: [String]) {
        let problem = problem(text)
        for word in words { #expect(problem.contains(word), "\(problem)") }
    }

    @Test(arguments: [
        (#","max_lifetime":"24""#, ["max_lifetime", "12h"]), (#","max_lifetime":"0s""#, ["max_lifetime"]),
        (#","max_lifetime":"367d""#, ["max_lifetime"]), (#","identity":"sub""#, ["identity", "/sub"]),
        (#","identity":"""#, ["identity"]), (#","trusts_grants":"yes""#, ["trusts_grants", "a boolean"]),
        (#","rules":[1]"#, ["rule 1", "an object"]),
        (
            #","rules":[{"claim":"/a","equals":"b","grants":[]},{"claim":"a","equals":"b","grants":[]}]"#,
            ["rule 2", "claim"]
        ),
        (#","rules":[{"equals":"b","grants":[]}]"#, ["\"claim\" is missing"]),
        (#","rules":[{"claim":"/a","grants":[]}]"#, ["\"equals\" is missing"]),
        (#","rules":[{"claim":"/a","equals":["b"],"grants":[]}]"#, ["equals", "an array"]),
        (#","rules":[{"claim":"/a","equals":"b"}]"#, ["\"grants\" is missing"]),
        (#","rules":[{"claim":"/a","equals":"b","grants":["writer:#/*"]}]"#, ["rule 1", "writer", "the role"]),
        (#","rules":[{"claim":"/a","equals":"b","grants":[1]}]"#, ["each grant is a text"]),
        (#","rules":[{"claim":"/a","equals":"b","grants":[],"grant":[]}]"#, ["\"grant\" is unknown"]),
    ])
    func aFaultOfAnIssuerIsNamed(_ more: String, _ words: [String]) {
        let problem = problem(#"{"issuers":[\#(Self.issuer(more))]}"#)
        for word in words { #expect(problem.contains(word), "\(problem)") }
    }

    @Test(arguments: [
        (#"{"alg":"ES256","kty":"EC"}"#, ["key 1", "\"kid\" is missing"]),
        (#"{"kid":"","alg":"ES256"}"#, ["key 1", "kid", "empty"]),
        (#"{"kid":"k","kty":"EC"}"#, ["issuer 'sso', key 'k'", "\"alg\" is missing", "HS256, RS256, ES256, EdDSA"]),
        (#"{"kid":"k","alg":"none"}"#, ["none", "HS256, RS256"]), (#"{"kid":"k","alg":"RS512"}"#, ["RS512"]),
        (#"{"kid":"k","alg":"ES256","kty":"RSA"}"#, ["kty", "EC"]),
        (#"{"kid":"k","alg":"ES256","kty":"EC","crv":"P-384"}"#, ["crv", "P-256"]),
        (#"{"kid":"k","alg":"ES256","kty":"EC","crv":"P-256","x":"AA","y":"AA"}"#, ["no point"]),
        (#"{"kid":"k","alg":"ES256","kty":"EC","crv":"P-256","x":"A=","y":"AA"}"#, ["\"x\"", "base64url"]),
        (#"{"kid":"k","alg":"EdDSA","kty":"OKP","crv":"Ed25519","x":"AAAA"}"#, ["Ed25519"]),
        (#"{"kid":"k","alg":"RS256","kty":"RSA","n":"AQAB","e":"AQAB"}"#, ["2048"]),
        (#"{"kid":"k","alg":"ES256","kty":"EC","d":"AA"}"#, ["\"d\"", "private"]),
        (#"{"kid":"k","alg":"HS256","k":"AAAA"}"#, ["secret_file"]),
        (#"{"kid":"k","alg":"RS256","secret_file":"s"}"#, ["HS256"]),
        (#"{"kid":"k","alg":"HS256","secret_file":"s","k":"AA"}"#, ["\"k\" is unknown"]),
        (#"{"kid":"k","alg":"HS256","secret_file":"gone"}"#, ["key 'k'", "gone is not there"]),
        (#"{"kid":"k","alg":"HS256","secret_file":"short"}"#, ["key 'k', short", "31 bytes", "32"]),
        ("1", ["key 1", "an object"]),
    ])
    func aFaultOfAKeyIsNamed(_ key: String, _ words: [String]) {
        let problem = problem(
            #"{"issuers":[\#(Self.issuer(key: key))]}"#,
            files: ["s": String(repeating: "s", count: 40), "short": String(repeating: "s", count: 31) + "\r\n"])
        for word in words { #expect(problem.contains(word), "\(problem)") }
    }

    @Test(arguments: [
        ("", "jwks.json"), ("[]", "no set of keys"), (#"{"keys":[{"kid":"k"}]}"#, "jwks.json, key 'k'"),
        (#"{"keys":[],"keys":[]}"#, "twice"),
        (#"{"keys":[{"kid":"k","alg":"HS256","kty":"oct","k":"AA"}]}"#, "no place"),
    ])
    func aFaultOfASetOfKeysIsNamed(_ set: String, _ word: String) {
        let text = #"{"issuers":[{"name":"sso","iss":"i","audiences":["a"],"jwks_file":"jwks.json"}]}"#
        let problem = problem(text, files: ["jwks.json": set])
        #expect(problem.hasPrefix("jwt.json: issuer 'sso'") && problem.contains(word), "\(problem)")
        #expect(self.problem(text).contains("jwks.json is not there"))
    }

    @Test(arguments: ["[]", #"[""]"#, "[1]", #""a""#])
    func audiencesAreNeeded(_ audiences: String) {
        let text = #"{"issuers":[{"name":"sso","iss":"i","audiences":\#(audiences),"keys":[\#(Self.key)]}]}"#
        #expect(problem(text).contains("\"audiences\""))
    }

    @Test func keysThatEncryptAreLeftOut() throws {
        let settings = try JWTScene.settings(
            #"{"issuers":[{"name":"sso","iss":"i","audiences":["a"],"jwks_file":"f"}]}"#,
            files: ["f": #"{"keys":[{"use":"enc","kid":"e","alg":"RSA-OAEP"},\#(Self.key)]}"#])
        #expect(settings.key(.string("k1")) != nil && settings.key(.string("e")) == nil)
    }

    @Test func anRSAKeyHasAtLeast2048Bits() throws {
        // A modulus of 1024 bits.
        let modulus = JWTSigner.encode([UInt8](repeating: 0xc1, count: 128))
        let key = #"{"kid":"k","alg":"RS256","kty":"RSA","n":"\#(modulus)","e":"AQAB"}"#
        #expect(problem(#"{"issuers":[\#(Self.issuer(key: key))]}"#).contains("2048"))
    }

    @Test func aKidNamesOneKeyOfAllIssuers() {
        let other = JWTSigner.edDSA("k1").jwk
        let problem = problem(#"{"issuers":[\#(Self.issuer()),\#(Self.issuer(name: "dev", key: other))]}"#)
        for word in ["issuer 'dev'", "'k1'", "issuer 'sso'"] { #expect(problem.contains(word), "\(problem)") }
        #expect(self.problem(#"{"issuers":[\#(Self.issuer(key: "\(Self.key),\(Self.key)"))]}"#).contains("'k1'"))
        #expect(
            self.problem(#"{"issuers":[\#(Self.issuer()),\#(Self.issuer(key: JWTSigner.edDSA("k2").jwk))]}"#)
                .contains("two issuers"))
    }

    @Test func thereAreBounds() {
        func keys(_ range: Range<Int>) -> String { range.map { JWTSigner.edDSA("k\($0)").jwk }.joined(separator: ",") }
        func issuers(_ count: Int) -> String {
            (0..<count).map { Self.issuer(name: "i\($0)", key: keys($0..<$0 + 1)) }.joined(separator: ",")
        }
        #expect(problem(#"{"issuers":[\#(issuers(16))]}"#) == "")
        #expect(problem(#"{"issuers":[\#(issuers(17))]}"#).contains("17 issuers"))
        #expect(problem(#"{"issuers":[\#(Self.issuer(key: keys(0..<64)))]}"#) == "")
        #expect(problem(#"{"issuers":[\#(Self.issuer(key: keys(0..<65)))]}"#).contains("64 keys"))
        func rules(_ count: Int) -> String {
            let rules = [String](repeating: #"{"claim":"/a","equals":true,"grants":[]}"#, count: count)
            return #"{"issuers":[\#(Self.issuer(#","rules":[\#(rules.joined(separator: ","))]"#))]}"#
        }
        #expect(problem(rules(256)) == "")
        #expect(problem(rules(257)).contains("256 rules"))
    }

    @Test func settingsAreEqualWhenTheirFilesAre() throws {
        let text =
            #"{"issuers":[{"name":"sso","iss":"i","audiences":["a"],"keys":[{"kid":"k","alg":"HS256","secret_file":"s"}]}]}"#
        let secrets = [String(repeating: "a", count: 32), String(repeating: "b", count: 32)]
        let settings = try secrets.map { try JWTScene.settings(text, files: ["s": $0]) }
        #expect(settings[0] != settings[1])
        #expect(try settings[0] == JWTScene.settings(text, files: ["s": secrets[0]]))
        #expect(settings[0].secretFiles == ["s"])
    }
}
