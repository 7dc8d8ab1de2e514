import ConfigRegistry
import EventBus
import HummingbirdTesting
import Logging
import Testing

@testable import RegistryServer
@testable import TestSupport

/// Requests that the registry could not answer well are in the log without being asked for.
@Suite(.timeLimit(.minutes(1))) struct FailedRequestLogTests {
    @Test func failuresHaveALineEachUntilTheyAreTooMany() async throws {
        let (store, recorder) = (InMemoryVersionStore(), LogRecorder())
        var options = RegistryOptions()
        options.healthTimeLimit = .seconds(60)
        let registry = Registry(store: store, bus: InProcessBus(), options: options, logger: TestServer.logger)
        try await registry.start()
        let application = RegistryServer.buildApplication(
            registry: registry, gate: LoopbackGate(), options: RegistryServerOptions(), logger: recorder.logger)
        try await application.test(.router) { client in
            store.faults.isAway = true
            for number in 0..<60 {
                let answer = try await client.get("/api/configs/s", headers: ["X-Request-ID": "n\(number)"])
                #expect(answer.status == 503)
            }
        }
        func leftOut(_ line: LogRecorder.Line) -> Int { Int(line.text("left_out")) ?? 0 }
        let all = try await eventually("all failures are said or counted") {
            let lines = recorder.lines.filter { $0.level == .warning }
            let said = lines.count { $0.metadata["route"] != nil }
            return said + lines.reduce(0) { $0 + leftOut($1) } == 60 ? lines : nil
        }
        #expect(all.first?.text("request_id") == "n0" && all.first?.text("status") == "503")
        #expect(all.count < 60)
    }
}
