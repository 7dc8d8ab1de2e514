import ConfigModel
import TestSupport
import Testing

@testable import ConfigAccess

/// Whatever is sent as a token, it is refused, unless it is one that an issuer signed.
@Suite(.timeLimit(.minutes(60))) struct JWTFuzzTests {
    private let scene: JWTScene

    init() throws { scene = try JWTScene() }

    @Test func tokens() async throws {
        // One signature for each algorithm; those of ES256 could be written in another way and still hold.
        let signers = [scene.rs256, scene.edDSA, scene.hs256]
        let corpus = signers.map { $0.token(JWTScene.claims(["groups": #""sre""#])) }
        await Fuzz.run("tokens", corpus: corpus) { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            let isSigned = corpus.contains { text.utf8.elementsEqual($0.utf8) }
            #expect((scene.refusal(text) == nil) == isSigned, "\(text)")
        }
    }

    @Test func payloads() async throws {
        let claims = JWTScene.claims(["groups": #"["sre"]"#, "nbf": "1", "iat": "1799999999.5", "jti": #""7""#])
        let corpus = [claims, JWTScene.claims(["realm": #"{"level":3}"#, "aud": #"["x","configbus"]"#])]
        await Fuzz.run("payloads", corpus: corpus) { bytes in
            let header = #"{"alg":"HS256","kid":"hs"}"#
            let token = scene.hs256.token(String(decoding: bytes, as: UTF8.self), header: header)
            guard let principal = try? scene.verify(token) else { return }
            // What counts has an identity of its issuer, an end that is near, and no grant but those of the rules.
            #expect(
                principal.name.hasPrefix("sso:") && IdentityText.isValid(principal.name.replacing("sso:", with: "x")))
            #expect(principal.expiresAt.map { $0 > JWTScene.now } == true)
            #expect(principal.grants.allSatisfy { ["publisher:#/prod", "reader:#/*"].contains($0.description) })
        }
    }

    @Test func headers() async throws {
        let corpus = [#"{"alg":"HS256","kid":"hs","typ":"JWT"}"#, #"{"kid":"rs","alg":"RS256"}"#]
        await Fuzz.run("headers", corpus: corpus) { bytes in
            let header = String(decoding: bytes, as: UTF8.self)
            let token = scene.hs256.token(JWTScene.claims(), header: header)
            guard scene.refusal(token) == nil, let value = try? JSONReader.read(Array(header.utf8)) else { return }
            guard case .object(let object) = value else {
                Issue.record("a header that is no object: \(header)")
                return
            }
            #expect(object["alg"] == .string("HS256") && object["kid"] == .string("hs") && object["crit"] == nil)
        }
    }

    @Test func settings() async throws {
        let key = scene.es256.jwk
        let corpus = [
            #"{"issuers":[{"name":"sso","iss":"i","audiences":["a"],"keys":[\#(key)],"max_lifetime":"1h","identity":"/sub","rules":[{"claim":"/a","equals":"b","grants":["reader:#/*"]}],"trusts_grants":true}]}"#
        ]
        await Fuzz.run("settings of issuers", corpus: corpus, rounds: 2_000) { bytes in
            guard let value = try? JSONReader.read(bytes) else { return }
            _ = try? JWTSettings(value, file: "f") { path throws(UnusableSettings) in throw UnusableSettings(path) }
            _ = try? CertificateIdentities(value, file: "f")
        }
    }
}
