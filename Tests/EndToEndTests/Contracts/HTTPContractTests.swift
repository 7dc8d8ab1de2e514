import ConfigAccess
import Foundation
import TestSupport
import Testing

/// `schemas/openapi.yaml` from outside: thousands of requests that it allows and that it forbids.
@Suite(
    .serialized, .timeLimit(.minutes(10)), .showsProcesses,
    .enabled(if: ContractPrograms.areThere, ContractPrograms.missing))
struct HTTPContractTests {
    enum Store: String, CaseIterable {
        case embedded, mongodb
    }

    private static let unlimited = ["read", "write", "costly", "stream", "failed"].flatMap { ["--rate-\($0)", "0"] }

    private func start(_ bench: TestBench, _ store: Store) async throws -> (url: String, token: String) {
        let file = bench.path("admin.token")
        let place: TestBench.StorePlace = store == .embedded ? .embedded() : .mongodb()
        let arguments = try bench.serveArguments(store: place, bus: .inProcess)
        let registry = try await RunningRegistry(
            bench.start(arguments + ["--auth", "required", "--bootstrap-file", file] + Self.unlimited))
        return (registry.url, try bench.token(in: file).secretText)
    }

    private func schemathesis(
        _ arguments: [String], _ bench: TestBench, environment: [String: String] = [:]
    ) async throws -> CommandResult {
        let environment = environment.merging([
            "SCHEMATHESIS_HOOKS": "schemathesis_hooks", "PYTHONPATH": ContractPrograms.file("scripts/lib"),
            "PYTHONDONTWRITEBYTECODE": "1",
        ]) { $1 }
        let process = try bench.start(
            ContractPrograms.path(of: "schemathesis"),
            [
                "--config-file", ContractPrograms.file("scripts/lib/schemathesis.toml"), "run",
                ContractPrograms.file("schemas/openapi.yaml"), "--no-color", "--continue-on-failure", "--seed", "22",
                "--request-timeout", "60", "--phases", "coverage,fuzzing", "--max-examples", "15",
            ] + arguments,
            environment: environment)
        let result = try await bench.result(of: process)
        // A run in which nothing was sent ends well too.
        let selected = result.output.firstMatch(of: /Selected: (\d+)/).map(\.1)
        #expect(selected != nil && result.output.firstMatch(of: /Tested: (\d+)/).map(\.1) == selected)
        return result
    }

    @Test(arguments: Store.allCases.filter { $0 == .embedded || TestServers.areThere })
    func everyCallKeepsWhatIsDescribed(_ store: Store) async throws {
        try await withBench(on: store == .embedded ? nil : TestServers.shared) { bench in
            let registry = try await start(bench, store)
            let result = try await schemathesis(
                [
                    "--url", registry.url, "--header", "Authorization: Bearer \(registry.token)", "--checks", "all",
                ], bench)
            #expect(result.status == .exited(0), "\(result.output.suffix(20_000))")
        }
    }

    @Test func withoutACredentialNothingButTheOpenCallsIsAnswered() async throws {
        try await withBench(on: nil) { bench in
            let registry = try await start(bench, .embedded)
            let result = try await schemathesis(
                ["--url", registry.url, "--checks", "closed,not_a_server_error"], bench,
                environment: ["CONFIGBUS_CONTRACT_CLOSED": "1"])
            #expect(result.status == .exited(0), "\(result.output.suffix(20_000))")
        }
    }
}
