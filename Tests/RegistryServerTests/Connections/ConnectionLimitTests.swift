import HummingbirdTesting
import RegistryServer
import Testing

@Suite(.timeLimit(.minutes(1))) struct ConnectionLimitTests {
    @Test func withAllConnectionsInUseAnotherOneWaitsAndIsAnsweredWhenOneIsClosed() async throws {
        var options = RegistryServerOptions()
        // One is the test client's own.
        options.maximumConnections = 3
        try await TestServer.run(.live, options: options) { client in
            let request = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"
            let port = client.port
            try await RawConnection.run(port: port) { first in
                try await first.write(request)
                _ = try await first.read(through: "alive")
                try await withThrowingTaskGroup(of: Void.self) { group in
                    // More than may be open at a time, each of which ends after its response.
                    for _ in 0..<12 {
                        group.addTask {
                            try await RawConnection.run(port: port) { connection in
                                try await connection.write(request)
                                _ = try await connection.read(through: "alive")
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                try await first.write(request)
                _ = try await first.read(through: "alive")
            }
        }
    }
}
