import ConfigModel
import InMemoryTracing
import RegistryAPI
import RegistrySource
import TestSupport
import Testing
import Tracing

@testable import ConfigWatcher

/// What a trace says of a reload.
@Suite(.timeLimit(.minutes(1))) struct ReloadSpanTests {
    private let tracer = InMemoryTracer()

    private var options: WatcherOptions {
        var options = WatcherOptions()
        options.tracer = tracer
        return options
    }

    private func spans(_ name: String) -> [FinishedInMemorySpan] {
        tracer.finishedSpans.filter { $0.operationName == name }
    }

    private func text(_ attribute: String, of span: FinishedInMemorySpan) -> String? {
        guard case .string(let text)? = span.attributes.get(attribute) else { return nil }
        return text
    }

    @Test func validationAndHandlersAreInsideOfTheReload() async throws {
        let scene = WatcherScene(try TestHistory.numbered(1).head)
        let watcher = try scene.watcher(options: options)
        watcher.onReload("first", priority: 1) { _, _ in }
        watcher.onReload("second") { [tracer] _, _ in tracer.startSpan("inside").end() }
        try await running(watcher) { _ = try await watcher.ready() }

        let reload = try #require(spans("configbus.reload").first)
        #expect(
            text("configbus.service", of: reload) == "parsing" && text("configbus.environment", of: reload) == "prod")
        #expect(text("configbus.outcome", of: reload) == "applied")
        #expect(spans("configbus.validate").map(\.parentSpanID) == [reload.spanID])
        let handlers = spans("configbus.handler")
        #expect(handlers.map { text("configbus.handler.name", of: $0) } == ["first", "second"])
        #expect(handlers.allSatisfy { $0.parentSpanID == reload.spanID })
        #expect(spans("inside").map(\.parentSpanID) == [handlers.last?.spanID])
    }

    @Test func aRejectedVersionIsAnErrorWithoutItsText() async throws {
        struct Refusal: Error, CustomStringConvertible {
            let description = "the value is hunter2"
        }
        let scene = WatcherScene(try TestHistory.numbered(1).head)
        let watcher = try scene.watcher(options: options)
        watcher.onReload("refuses") { _, _ in throw Refusal() }
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await running(watcher) { _ = try await outcome(.rejected, 1, in: &outcomes) }

        let reload = try #require(spans("configbus.reload").first)
        #expect(text("configbus.outcome", of: reload) == "rejected")
        #expect(reload.status?.code == .error)
        #expect(tracer.finishedSpans.allSatisfy { $0.errors.isEmpty && !"\($0)".contains("hunter2") })
    }

    /// By the header of a message, and by the comment of a stream.
    @Test(arguments: [false, true]) func theReloadIsAPartOfTheTraceOfThePublication(_ isStream: Bool) async throws {
        let tracer = W3CTracer()
        var options = WatcherOptions()
        options.tracer = tracer
        var history = try TestHistory.numbered(1)
        let scene = WatcherScene(history.head)
        let watcher = try scene.watcher(events: isStream ? .serverSentEvents : nil, options: options)
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await running(watcher) {
            _ = try await outcome(.applied, 1, in: &outcomes)
            try await eventually("synced") { watcher.current.age != nil }
            let next = try history.publish("{\"n\":2}")
            if isStream {
                scene.registry.set(next)
                let trace = try #require(TraceContext(traceparent: TraceSamples.valid))
                scene.registry.say(.trace(trace))
                scene.registry.say(.event(ConfigEvent(next, inlineLimit: .max)))
            } else {
                try await scene.publish(next, headers: ["traceparent": TraceSamples.valid])
            }
            _ = try await outcome(.applied, 2, in: &outcomes)
        }
        let reloads = tracer.spans("configbus.reload")
        #expect(reloads.map(\.parentSpanID) == [nil, TraceSamples.spanID])
        #expect(reloads.last?.traceID == TraceSamples.traceID)
    }
}
