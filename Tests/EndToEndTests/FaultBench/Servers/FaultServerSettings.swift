import Glibc
import TestSupport

/// Where the servers of the fault bench are, as `scripts/services env` tells it.
struct FaultServerSettings: Sendable {
    /// A process that belongs to the bench.
    struct Process: Sendable {
        let identifier: Int32

        /// Sends a signal.
        func send(_ signal: Int32) throws {
            guard identifier > 1, kill(identifier, signal) == 0 else { throw NoSuchServer(name: "process") }
        }
    }

    /// A member of the replica set.
    struct Member: Sendable {
        let address: String
        let process: Process
    }

    let servers: TestServers
    /// The same over TLS.
    let encrypted: EncryptedServers?
    let members: [Member]
    let broker: Process
    let control: BrokerControl

    init(lines: [String]) throws {
        let variables = Dictionary(
            lines.compactMap { line -> (String, String)? in
                let parts = line.split(separator: "=", maxSplits: 1)
                guard parts.count == 2, parts[0].hasPrefix("export ") else { return nil }
                return (String(parts[0].dropFirst(7)), String(parts[1].dropFirst().dropLast()))
            }
        ) { first, _ in first }
        func value(_ name: String) throws -> String {
            guard let value = variables["CONFIGBUS_TEST_\(name)"] else { throw NoSuchServer(name: name) }
            return value
        }
        let uri = try value("MONGODB_URI")
        guard let broker = TestBroker(uri: try value("AMQP_URI")), let process = Int32(try value("RABBITMQ_PID"))
        else { throw NoSuchServer(name: "broker") }
        servers = TestServers(mongodbURI: uri, broker: broker)
        if let mongodb = try? value("MONGODB_TLS_URI"), let amqp = try? value("AMQPS_URI") {
            encrypted = EncryptedServers(mongodb: mongodb, amqp: amqp, directory: try value("TLS_DIR"))
        } else {
            encrypted = nil
        }
        self.broker = Process(identifier: process)
        control = BrokerControl(path: try value("RABBITMQCTL"))
        let addresses = uri.dropFirst("mongodb://".count).prefix { $0 != "/" }.split(separator: ",")
        let processes = try value("MONGODB_PIDS").split(separator: " ").compactMap { Int32($0) }
        guard addresses.count == processes.count else { throw NoSuchServer(name: "member") }
        members = zip(addresses, processes).map { Member(address: String($0), process: Process(identifier: $1)) }
    }

    private struct NoSuchServer: Error {
        let name: String
    }
}
