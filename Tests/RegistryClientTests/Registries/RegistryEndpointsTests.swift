import ConfigModel
import NIOHTTP1
import Testing

@testable import RegistryClient

/// What becomes of a call, by what happens at each of two registries.
@Suite(.timeLimit(.minutes(1))) struct RegistryEndpointsTests {
    @Test(
        arguments: [
            (.notSent("a"), .notSent("b"), .unreachable, 1), (.interrupted("a"), .notSent("b"), .interrupted, 2),
            (.notSent("a"), .interrupted("b"), .interrupted, 2), (.cancelled, .notSent("b"), .cancelled, 0),
            (.answerTooLarge, .notSent("b"), .answerTooLarge, 0), (.notSent("a"), .cancelled, .cancelled, 1),
        ] as [(TransportFailure, TransportFailure, RegistryClientError.Code, Int)])
    func theFailureThatSaysMostIsTheErrorAndOnlySomeFailuresLeadToTheNextRegistry(
        _ first: TransportFailure, _ second: TransportFailure, _ code: RegistryClientError.Code, _ reached: Int
    ) async throws {
        let transports = [first, second].map { failure in
            ScriptedTransport { _ throws(TransportFailure) in throw failure }
        }
        let client = RegistryClient(
            zip(["http://a", "http://b"], transports).map { RegistryEndpoints.Endpoint(url: $0, transport: $1) })
        let error = try await RegistryClientTests.failure { () throws(RegistryClientError) in
            try await client.statistics()
        }
        #expect(error.code == code)
        // A read that was interrupted is made once more.
        #expect(transports[1].requests.count == reached)
    }

    @Test func theConnectionsAreClosedWithTheClient() async throws {
        let transport = ScriptedTransport { _ in RegistryResponse(status: 200, headers: [:], body: Array("{}".utf8)) }
        do {
            let client = RegistryClient([RegistryEndpoints.Endpoint(url: "http://a", transport: transport)])
            _ = try await client.statistics()
        }
        #expect(transport.closings == 1)
    }

    @Test func aStreamThatIsRefusedIsRead() async throws {
        let body = Array(#"{"type":"invalid-parameter","title":"T","status":400,"detail":"No."}"#.utf8)
        let transport = ScriptedTransport { _ in
            RegistryResponse(status: 400, headers: ["Content-Type": "application/problem+json"], body: body)
        }
        let client = RegistryClient([RegistryEndpoints.Endpoint(url: "http://a", transport: transport)])
        await #expect {
            try await client.withWatch { _ in }
        } throws: {
            ($0 as? RegistryClientError)?.message == "No."
        }
    }
}
