import Glibc
import Synchronization

/// `posix_spawn` with nothing inherited but the three standard streams: other descriptors are closed, signals have their
/// default meaning (a test process may ignore SIGPIPE, its children must not).
enum Spawn {
    /// One at a time: a descriptor that is being made for one child must not leak into another.
    private static let lock = Mutex(())

    /// Starts a program and returns its number and what comes out of it.
    static func start(
        _ executable: String, _ arguments: [String], environment: [String: String], input: [UInt8]
    ) throws -> (processID: Int32, output: OutputPipe, errors: OutputPipe) {
        try lock.withLock { _ in
            let standardInput = try InputFile.descriptor(holding: input)
            defer { close(standardInput) }
            let output = try OutputPipe()
            let errors = try OutputPipe()
            do {
                let processID = try spawn(
                    executable, arguments, environment: environment,
                    streams: [standardInput, output.writing, errors.writing])
                close(output.writing)
                close(errors.writing)
                return (processID, output, errors)
            } catch {
                output.closeAll()
                errors.closeAll()
                throw error
            }
        }
    }

    private static func spawn(
        _ executable: String, _ arguments: [String], environment: [String: String], streams: [Int32]
    ) throws -> Int32 {
        closeInheritedDescriptors()
        var actions = posix_spawn_file_actions_t()
        try check(posix_spawn_file_actions_init(&actions), "posix_spawn_file_actions_init")
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (target, source) in streams.enumerated() {
            try check(
                posix_spawn_file_actions_adddup2(&actions, source, Int32(target)), "posix_spawn_file_actions_adddup2")
        }
        var attributes = try defaultSignals()
        defer { posix_spawnattr_destroy(&attributes) }
        var processID: pid_t = 0
        let status = withStrings([executable] + arguments) { argumentPointers in
            withStrings(environment.map { "\($0.key)=\($0.value)" }) { environmentPointers in
                posix_spawn(&processID, executable, &actions, &attributes, argumentPointers, environmentPointers)
            }
        }
        try check(status, "posix_spawn of \(executable)")
        return processID
    }

    private static func defaultSignals() throws -> posix_spawnattr_t {
        var attributes = posix_spawnattr_t()
        try check(posix_spawnattr_init(&attributes), "posix_spawnattr_init")
        var all = sigset_t()
        sigfillset(&all)
        sigdelset(&all, SIGKILL)
        sigdelset(&all, SIGSTOP)
        var none = sigset_t()
        sigemptyset(&none)
        try check(posix_spawnattr_setsigdefault(&attributes, &all), "posix_spawnattr_setsigdefault")
        try check(posix_spawnattr_setsigmask(&attributes, &none), "posix_spawnattr_setsigmask")
        let flags = Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK)
        try check(posix_spawnattr_setflags(&attributes, flags), "posix_spawnattr_setflags")
        return attributes
    }

    /// A socket that a child keeps open would look alive to its peer after the test closed it.
    private static func closeInheritedDescriptors() {
        guard let directory = opendir("/proc/self/fd") else { return }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard let descriptor = Int32(name), descriptor > STDERR_FILENO else { continue }
            let flags = fcntl(descriptor, F_GETFD)
            if flags >= 0, flags & FD_CLOEXEC == 0 { _ = fcntl(descriptor, F_SETFD, flags | FD_CLOEXEC) }
        }
    }

    private static func withStrings<Result>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let pointers = strings.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers + [nil])
    }

    private static func check(_ status: Int32, _ call: String) throws {
        guard status == 0 else { throw SystemCallFailed(call: call, code: status) }
    }
}

/// A call to the operating system failed.
package struct SystemCallFailed: Error, CustomStringConvertible {
    let call: String
    let code: Int32

    package var description: String { "\(call) failed: \(String(cString: strerror(code)))" }
}
