import Testing

/// What scripts and people rely on: texts, JSON, exit codes. On the embedded store, one test at a time.
@Suite("Command line", .serialized, .timeLimit(.minutes(3)), .showsProcesses)
enum CommandLineTests {}
