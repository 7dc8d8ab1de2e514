import TestSupport
import Testing

/// Real `configbus` processes on a real MongoDB and a real RabbitMQ, one test at a time: the machine is theirs.
@Suite(
    "End to end", .serialized, .timeLimit(.minutes(3)), .showsProcesses,
    .enabled(if: TestServers.areThere, TestServers.missing))
enum EndToEnd {}
