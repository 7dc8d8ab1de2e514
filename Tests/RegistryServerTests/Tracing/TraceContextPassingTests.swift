import ConfigModel
import HTTPTypes
import HummingbirdTesting
import InMemoryTracing
import TestSupport
import Testing

/// The trace of a write goes out beside its event, and nothing else does.
@Suite(.timeLimit(.minutes(1))) struct TraceContextPassingTests {
    private static let body = #"{"config_data":{"a":1},"created_by":"test"}"#

    @Test func aValidContextGoesOutBesideTheEventAndInFrontOfItInStreams() async throws {
        try await TracedServer.run { client, reader in
            try await EventStreamClient.run(port: client.port) { stream in
                _ = try await stream.nextUntilSynced()
                let headers = ["traceparent": TraceSamples.valid, "tracestate": "vendor=1"]
                #expect(try await client.call(.post, "/api/configs/s", Self.body, headers: headers).status == 201)
                let delivery = try await reader.delivery()
                #expect(delivery.headers == headers)
                let event = try ConfigEvent(json: delivery.body)
                #expect(try await stream.next().comment == "traceparent \(TraceSamples.valid)")
                #expect(try await stream.next().configEvent == event)
                #expect(!String(decoding: delivery.body, as: UTF8.self).contains(TraceSamples.traceID))
            }
        }
    }

    @Test(arguments: TraceSamples.invalid) func anInvalidContextIsIgnored(_ text: String) async throws {
        try await TracedServer.run { client, reader in
            try await EventStreamClient.run(port: client.port) { stream in
                _ = try await stream.nextUntilSynced()
                let headers = ["traceparent": text, "tracestate": "vendor=1"]
                #expect(try await client.call(.post, "/api/configs/s", Self.body, headers: headers).status == 201)
                #expect(try await reader.delivery().headers == [:])
                #expect(try await stream.next().event == "config.created")
            }
        }
    }

    @Test func everyMemberOfAChangeSetBelongsToTheTrace() async throws {
        try await TracedServer.run { client, reader in
            let set =
                #"{"created_by":"t","documents":[{"service_name":"a","config_data":{}},{"service_name":"b","config_data":{}}]}"#
            let answer = try await client.call(
                .post, "/api/changesets", set, headers: ["traceparent": TraceSamples.valid])
            #expect(answer.status == 201, "\(answer.text)")
            for _ in 0..<2 { #expect(try await reader.delivery().headers["traceparent"] == TraceSamples.valid) }
        }
    }

    @Test func theStreamsOfAnotherRegistrySayItToo() async throws {
        try await TracedServer.runTwo { first, second in
            try await EventStreamClient.run(port: second.port) { stream in
                _ = try await stream.nextUntilSynced()
                let headers = ["traceparent": TraceSamples.valid]
                // It may not listen yet, and then finds the version without a word of its trace.
                try await eventually("a change comes with its trace") {
                    let path = "/api/configs/s\(UInt64.random(in: .min ... .max))"
                    guard try await first.call(.post, path, Self.body, headers: headers).status == 201 else {
                        return false
                    }
                    var frame = try await stream.next()
                    while frame.comment?.hasPrefix("proof") == true { frame = try await stream.next() }
                    return frame.comment == "traceparent \(TraceSamples.valid)"
                }
            }
        }
    }

    @Test func withATracerRequestStoreAndAnnouncementAreSpansOfTheCallersTrace() async throws {
        let tracer = W3CTracer()
        try await TracedServer.run(tracer: tracer) { client, reader in
            let headers = ["traceparent": TraceSamples.valid]
            #expect(try await client.call(.post, "/api/configs/s", Self.body, headers: headers).status == 201)
            let sent = try await reader.delivery().headers["traceparent"]
            let announced = try await eventually("the announcement has ended") {
                tracer.spans("configbus.announce").first
            }
            let request = try #require(tracer.spans("configbus.request").first)
            #expect(request.traceID == TraceSamples.traceID && request.parentSpanID == TraceSamples.spanID)
            #expect(announced.parentSpanID == request.spanID)
            #expect(sent == "00-\(TraceSamples.traceID)-\(announced.spanID)-01")
            let calls = tracer.spans("configbus.store")
            #expect(!calls.isEmpty && calls.allSatisfy { $0.parentSpanID == request.spanID })
            #expect("\(request.attributes)".contains("/api/configs/{service}"))
        }
    }

    @Test func withATracerAWriteOfNoTraceBeginsOne() async throws {
        let tracer = W3CTracer()
        try await TracedServer.run(tracer: tracer) { client, reader in
            try await client.create("s")
            let sent = try #require(try await reader.delivery().headers["traceparent"])
            #expect(TraceContext(traceparent: sent) != nil)
            let request = try #require(tracer.spans("configbus.request").first)
            #expect(request.parentSpanID == nil && sent.contains(request.traceID))
        }
    }
}
