import ConfigAccess
import HTTPTypes
import MetricsExposition
import Testing

@testable import RegistryServer

/// What is counted of credentials and limits.
@Suite struct GateMetricsTests {
    private let collector = MetricsCollector()

    private var scrape: Scrape {
        var text = MetricsText()
        text.append(collector)
        return Scrape(text.text)
    }

    private func head(_ authorization: String?) -> HTTPRequest {
        HTTPRequest(
            method: .get, scheme: nil, authority: "x", path: "/api/configs",
            headerFields: authorization.map { [.authorization: $0] } ?? [:])
    }

    @Test func credentialsAreCountedByKindAndResult() throws {
        let text = TokenText.random()
        let gate = CredentialGate(
            TableIdentities([try TableIdentities.token(text, ["reader:#/*"])]), isAlwaysRequired: true,
            authentications: AuthenticationCounts(collector))
        let connection = ClientConnection(address: "192.0.2.1")
        // The connection remembers it.
        for _ in 0..<3 { _ = gate.admit(head("Bearer \(text.secretText)"), on: connection) }
        _ = gate.admit(head("Basic abc"), on: ClientConnection(address: "192.0.2.1"))
        for _ in 0..<2 { _ = gate.admit(head(nil), on: ClientConnection(address: "192.0.2.1")) }
        let scrape = scrape
        #expect(scrape[#"configbus_authentications_total{kind="token",result="accepted"}"#] == 1)
        #expect(scrape[#"configbus_authentications_total{kind="unreadable",result="refused"}"#] == 1)
        #expect(scrape[#"configbus_authentications_total{kind="none",result="refused"}"#] == 2)
        #expect(scrape[#"configbus_authentications_total{kind="jwt",result="refused"}"#] == 0)
    }

    @Test func whatComesTooEarlyIsCountedByItsClass() {
        var rates = AccessLimits()
        rates[.failed] = Rate(parsing: "1/2")
        let limits = RequestLimits(rates, refusals: RateLimitCounts(collector)) { 1 }
        for _ in 0..<5 { _ = limits.countFailure(from: "192.0.2.1") }
        _ = limits.refusal(of: .write, to: .anonymous, wait: 1)
        #expect(scrape[#"configbus_rate_limited_total{class="failed"}"#] == 3)
        #expect(scrape[#"configbus_rate_limited_total{class="write"}"#] == 1)
        #expect(scrape[#"configbus_rate_limited_total{class="read"}"#] == 0)
    }
}
