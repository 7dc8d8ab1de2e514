import HTTPTypes
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

/// Whatever a body holds, the response is a refusal that names a status, or the body was good; the argument is the seed.
@Suite(.timeLimit(.minutes(60))) struct BodyFuzzTests {
    private struct Call {
        let method: HTTPRequest.Method
        let path: String
        let mediaType: String
        let body: String
    }

    private static let calls = [
        Call(
            method: .post, path: "/api/configs/fuzzed", mediaType: "application/json",
            body: #"{"config_data":{"a":[1,2.5e3,null,true]},"comment":"c","created_by":"b"}"#),
        Call(
            method: .put, path: "/api/configs/fuzzed", mediaType: "application/json",
            body: #"{"config_data":{"\u00e9":{"b":"c"}},"expected_version":1,"comment":"c","created_by":"b"}"#),
        Call(
            method: .patch, path: "/api/configs/fuzzed", mediaType: "application/merge-patch+json",
            body: #"{"a":{"b":null},"c":[]}"#),
        Call(
            method: .patch, path: "/api/configs/fuzzed", mediaType: "application/json-patch+json",
            body: #"[{"op":"add","path":"/a~1b","value":1},{"op":"test","path":"/a~1b","value":1}]"#),
        Call(
            method: .post, path: "/api/configs/fuzzed/rollback", mediaType: "application/json",
            body: #"{"to_version":1,"comment":"c","created_by":"b"}"#),
        Call(
            method: .post, path: "/api/configs:batchGet", mediaType: "application/json",
            body: #"{"documents":[{"service_name":"fuzzed","environment":"e","min_version":1,"epoch":"1-2"}]}"#),
        Call(
            method: .post, path: "/api/changesets", mediaType: "application/json",
            body:
                #"{"comment":"c","override":[],"documents":[{"service_name":"fuzzed","config_data":{"a":1},"expected_version":0},{"service_name":"b","environment":"e","merge_patch":{"a":null}}]}"#
        ),
    ]

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func everyBodyIsAnswered(seed: UInt64) async throws {
        try await TestServer.run { client in
            var generator = SeededGenerator(seed: seed)
            for _ in 0..<12 {
                for call in Self.calls {
                    var bytes = Array(call.body.utf8)
                    for _ in 0..<Int.random(in: 1...4, using: &generator) { Self.mutate(&bytes, &generator) }
                    let before = try await client.get("/api/configs/fuzzed/history?limit=1000").text
                    let answer = Answer(
                        try await client.executeRequest(
                            uri: call.path, method: call.method, headers: [.contentType: call.mediaType],
                            body: ByteBuffer(bytes: bytes)))
                    let after = try await client.get("/api/configs/fuzzed/history?limit=1000").text
                    switch answer.status {
                    case 200, 201: break
                    case 400..<500: #expect(before == after && answer.problem != nil, "\(bytes)")
                    default: Issue.record("\(answer.status) \(answer.text) after \(bytes)")
                    }
                }
            }
        }
    }

    @Test func depthSizeAndTextThatIsNoUTF8AreRefusedWithAReasonAndTheNextRequestIsServed() async throws {
        let bodies: [[UInt8]] = [
            Array(String(repeating: "[", count: 900_000).utf8),
            Array(#"{"config_data":"#.utf8) + Array(String(repeating: #"{"a":"#, count: 150_000).utf8),
            Array(#"{"config_data":{"a":""#.utf8) + [0xff, 0xfe, 0xc0, 0x80] + Array(#""}}"#.utf8),
            Array(#"{"config_data":{"a":1e99999999999999999999}}"#.utf8) + [0],
            [UInt8](repeating: 0, count: 100_000),
            [UInt8](repeating: UInt8(ascii: " "), count: 3_000_000),
            Array(#"{"config_data":{"a":""#.utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: 16_000_000),
        ]
        try await TestServer.run { client in
            for body in bodies {
                let answer = Answer(
                    try await client.executeRequest(
                        uri: "/api/configs/hostile", method: .post, headers: [.contentType: "application/json"],
                        body: ByteBuffer(bytes: body)))
                #expect([400, 413, 422].contains(answer.status) && !answer.detail.isEmpty, "\(answer)")
            }
            #expect(try await client.create("hostile").status == 201)
        }
    }

    private static func mutate(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
        guard let index = bytes.indices.randomElement(using: &generator) else { return }
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: bytes[index] = UInt8.random(in: .min ... .max, using: &generator)
        case 1: bytes.remove(at: index)
        case 2: bytes.insert(bytes.randomElement(using: &generator) ?? 0, at: index)
        case 3: bytes.insert(contentsOf: bytes[index...].prefix(20), at: index)
        default: bytes.removeSubrange(index...)
        }
    }
}
