import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import RegistryClient

/// One response, part by part, and what it leaves.
@Suite struct PendingResponseTests {
    private let loop = EmbeddedEventLoop()

    @Test func theParts() throws {
        var pending = pending(limit: 4)
        #expect(try pending.take(head()) == nil)
        for text in ["ab", "cd"] { #expect(try pending.take(body(text)) == nil) }
        let response = try #require(try pending.take(.end(nil)))
        #expect(response.status == 200 && response.body == Array("abcd".utf8))
    }

    @Test func moreThanTheLimitIsNotTakenSaidOrNot() throws {
        var announced = pending(limit: 4)
        #expect(throws: TransportFailure.self) { try announced.take(head(["Content-Length": "5"])) }
        var unannounced = pending(limit: 4)
        #expect(try unannounced.take(head()) == nil)
        #expect(try unannounced.take(body("abc")) == nil)
        #expect(throws: TransportFailure.self) { try unannounced.take(body("de")) }
    }

    @Test(
        arguments: [
            (true, HTTPVersion.http1_1, [:], true), (true, .http1_1, ["Connection": "close"], false),
            (true, .http1_0, [:], false), (true, .http1_0, ["Connection": "keep-alive"], true),
            (false, .http1_1, [:], false),
        ] as [(Bool, HTTPVersion, [String: String], Bool)])
    func aConnectionIsFreeWhenTheWholeRequestWasSentAndTheResponseLeavesItOpen(
        _ isSent: Bool, _ version: HTTPVersion, _ headers: [String: String], _ isFree: Bool
    ) throws {
        var pending = pending(limit: 4)
        pending.isSent = isSent
        #expect(try pending.take(head(headers, version)) == nil)
        #expect(try pending.take(.end(nil)) != nil)
        #expect(pending.leavesConnectionFree == isFree)
    }

    private func pending(limit: Int) -> PendingResponse {
        let answer = loop.makePromise(of: RegistryResponse.self)
        let request = OutgoingRequest(head: HTTPRequestHead(version: .http1_1, method: .GET, uri: "/"), body: nil)
        let call = Call(request, limit: limit, answer: answer)
        // A promise must be kept.
        call.fail(.cancelled)
        return PendingResponse(call)
    }

    private func head(
        _ headers: [String: String] = [:], _ version: HTTPVersion = .http1_1
    ) -> HTTPClientResponsePart {
        .head(HTTPResponseHead(version: version, status: .ok, headers: HTTPHeaders(headers.map { ($0, $1) })))
    }

    private func body(_ text: String) -> HTTPClientResponsePart { .body(ByteBuffer(string: text)) }
}
