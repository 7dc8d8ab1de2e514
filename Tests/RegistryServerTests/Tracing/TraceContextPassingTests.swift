import ConfigModel
import EventBus
import HTTPTypes
import HummingbirdTesting
import InMemoryTracing
import TestSupport
import Testing
import Tracing

/// The trace of a write goes out beside its event, and nothing else does.
@Suite(.timeLimit(.minutes(1))) struct TraceContextPassingTests {
    private static let body = #"{"config_data":{"a":1},"created_by":"test"}"#

    private static func publish(
        _ client: any TestClientProtocol, _ traceparent: String, _ service: String = "s"
    ) async throws -> Int {
        let headers = ["traceparent": traceparent, "tracestate": "vendor=1"]
        return try await client.call(.post, "/api/configs/\(service)", body, headers: headers).status
    }

    @Test func aValidContextGoesOutBesideTheEventAndInFrontOfItInStreams() async throws {
        try await TracedServer.run { client, log in
            try await EventStreamClient.run(port: client.port) { stream in
                _ = try await stream.nextUntilSynced()
                let status = try await Self.publish(client, TraceSamples.valid)
                let delivery = try await log.delivery()
                let event = try ConfigEvent(json: delivery.body)
                #expect(status == 201)
                #expect(delivery.headers == ["traceparent": TraceSamples.valid, "tracestate": "vendor=1"])
                #expect(!String(decoding: delivery.body, as: UTF8.self).contains(TraceSamples.traceID))
                let (comment, frame) = (try await stream.next(), try await stream.next())
                #expect(comment.comment == "traceparent \(TraceSamples.valid)")
                let streamed = try frame.configEvent
                #expect(streamed == event)
            }
        }
    }

    @Test(arguments: TraceSamples.invalid) func anInvalidContextIsIgnored(_ text: String) async throws {
        try await TracedServer.run { client, log in
            try await EventStreamClient.run(port: client.port) { stream in
                _ = try await stream.nextUntilSynced()
                let status = try await Self.publish(client, text)
                let delivery = try await log.delivery()
                let frame = try await stream.next()
                #expect(status == 201 && delivery.headers.isEmpty && frame.event == "config.created")
            }
        }
    }

    @Test func everyMemberOfAChangeSetBelongsToTheTrace() async throws {
        try await TracedServer.run { client, log in
            let set =
                #"{"created_by":"t","documents":[{"service_name":"a","config_data":{}},{"service_name":"b","config_data":{}}]}"#
            let answer = try await client.call(
                .post, "/api/changesets", set, headers: ["traceparent": TraceSamples.valid])
            #expect(answer.status == 201, "\(answer.text)")
            for number in 0..<2 {
                let delivery = try await log.delivery(number)
                #expect(delivery.headers["traceparent"] == TraceSamples.valid)
            }
        }
    }

    @Test func theStreamsOfAnotherRegistrySayItToo() async throws {
        try await TracedServer.runTwo { first, second in
            try await EventStreamClient.run(port: second.port) { stream in
                _ = try await stream.nextUntilSynced()
                // It may not listen yet, and then finds the version without a word of its trace.
                var comment: String?
                for number in 0..<100 where comment == nil {
                    let status = try await Self.publish(first, TraceSamples.valid, "s\(number)")
                    #expect(status == 201)
                    var frame = try await stream.next()
                    while frame.comment?.hasPrefix("proof") == true { frame = try await stream.next() }
                    comment = frame.comment
                }
                #expect(comment == "traceparent \(TraceSamples.valid)")
            }
        }
    }

    @Test func withATracerRequestStoreAndAnnouncementAreSpansOfTheCallersTrace() async throws {
        let tracer = W3CTracer()
        try await TracedServer.run(tracer: tracer) { client, log in
            let status = try await Self.publish(client, TraceSamples.valid)
            #expect(status == 201)
            let sent = try await log.delivery().headers["traceparent"]
            let announced = try await eventually("the announcement has ended") {
                tracer.spans("configbus.announce").first
            }
            let request = try await eventually("the request has ended") { tracer.spans("configbus.request").first }
            #expect(request.traceID == TraceSamples.traceID && request.parentSpanID == TraceSamples.spanID)
            #expect(announced.parentSpanID == request.spanID)
            #expect(sent == "00-\(TraceSamples.traceID)-\(announced.spanID)-01")
            let calls = tracer.spans("configbus.store")
            #expect(!calls.isEmpty && calls.allSatisfy { $0.parentSpanID == request.spanID })
            let route = request.attributes.get("http.route")
            #expect(route == .string("/api/configs/{service}"))
        }
    }

    @Test func withATracerAWriteOfNoTraceBeginsOne() async throws {
        let tracer = W3CTracer()
        try await TracedServer.run(tracer: tracer) { client, log in
            try await client.create("s")
            let delivery = try await log.delivery()
            let sent = try #require(delivery.headers["traceparent"])
            #expect(TraceContext(traceparent: sent) != nil)
            let request = try await eventually("the request has ended") { tracer.spans("configbus.request").first }
            #expect(request.parentSpanID == nil && sent.contains(request.traceID))
        }
    }
}
