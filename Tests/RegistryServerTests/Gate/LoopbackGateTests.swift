import ConfigAccess
import HTTPTypes
import RegistryAPI
import Testing

@testable import RegistryServer

@Suite struct LoopbackGateTests {
    private func refusal(
        _ authority: String?, _ fields: HTTPFields = [:], path: String = "/"
    ) -> ProblemType? {
        do throws(Problem) {
            let principal = try LoopbackGate().principal(
                of: HTTPRequest(method: .get, scheme: "http", authority: authority, path: path, headerFields: fields))
            #expect(principal == .loopback)
            return nil
        } catch {
            return error.type
        }
    }

    @Test(arguments: [
        "127.0.0.1", "127.0.0.1:8000", "localhost", "LocalHost:1", "[::1]", "[::1]:8000", "127.9.9.9:65535",
    ])
    func loopbackNamesAreAllowed(_ authority: String) {
        #expect(refusal(authority) == nil)
    }

    @Test(arguments: [
        nil, "", "example.com", "example.com:8000", "localhost.example.com", "127.0.0.1.example.com", "128.0.0.1",
        "0.0.0.0", "[::]", "::1", "[::1", "127.0.0.1:", "127.0.0.1:+80", "[::1]:-0", "127.0.0.1:99999", "127.0.0.1:x",
        "127.1", "127.0.0.256",
        "127.0.0.", "127..0.1", "127.0.0.1.1", "127.0.0.0001", "127.0.0.1/",
        "user@127.0.0.1", "[::1]x",
    ])
    func otherNamesAreNot(_ authority: String?) {
        #expect(refusal(authority) == .notAllowedHost)
    }

    @Test(arguments: ["/health/live", "/health/ready", "/health/live?x=1"])
    func probesComeToAnyName(_ path: String) {
        for host in ["10.0.0.5:8000", "registry.example"] { #expect(refusal(host, path: path) == nil) }
        #expect(refusal("10.0.0.5", [.origin: "http://evil"], path: path) == .notAllowedOrigin)
    }

    @Test(arguments: ["/health", "/health/liveness", "/stats", "/api/configs", "/health/live/../../stats"])
    func nothingElseDoes(_ path: String) {
        #expect(refusal("10.0.0.5", path: path) == .notAllowedHost)
    }

    @Test func theOriginMustBeTheSame() {
        #expect(refusal("127.0.0.1:8000", [.origin: "http://127.0.0.1:8000"]) == nil)
        for origin in ["http://127.0.0.1", "https://127.0.0.1:8000", "http://localhost:8000", "null", "http://evil"] {
            #expect(refusal("127.0.0.1:8000", [.origin: origin]) == .notAllowedOrigin)
        }
    }

    @Test func theSchemeOfTheOriginIsTheServersOwn() throws {
        let gate = LoopbackGate(scheme: "https")
        for (origin, isOwn) in [("https://127.0.0.1:8000", true), ("http://127.0.0.1:8000", false)] {
            let head = HTTPRequest(
                method: .get, scheme: "https", authority: "127.0.0.1:8000", path: "/", headerFields: [.origin: origin])
            #expect(((try? gate.principal(of: head)) != nil) == isOwn)
        }
    }

    @Test(arguments: ["X-Forwarded-For", "X-Forwarded-Host", "x-forwarded-proto", "Forwarded"])
    func forwardedRequestsAreRefused(_ name: String) throws {
        #expect(refusal("127.0.0.1", [try #require(HTTPField.Name(name)): "x"]) == .forwarded)
    }

    @Test func aSecondHostIsRefused() throws {
        #expect(refusal("127.0.0.1", [try #require(HTTPField.Name("Host")): "evil"]) == .notAllowedHost)
    }

    @Test(arguments: ["0.0.0.0", "::", "192.168.0.1", "example.com", "", "localhost.evil"])
    func theServerDoesNotListenOnOtherAddresses(_ host: String) {
        #expect(!LoopbackAddress.contains(host))
    }
}
