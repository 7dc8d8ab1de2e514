import CMongoC
import Logging
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The C library as a whole, set up once a process.
enum DriverLibrary {
    /// Sends what the driver has to say to swift-log; otherwise it writes to standard error by itself.
    ///
    /// It is never cleaned up: other users of the library in the process could not start it again.
    static func start() { started }

    /// Runs a call whose messages may quote a password, and returns them instead of sending them to the log.
    static func quietly<Result>(_ call: () -> Result) -> (result: Result, messages: [String]) {
        start()
        let thread = pthread_self().hashValue
        quiet.withLock { $0[thread] = [] }
        let result = call()
        return (result, quiet.withLock { $0.removeValue(forKey: thread) } ?? [])
    }

    /// What was said during quiet calls, by thread.
    private static let quiet = Mutex<[Int: [String]]>([:])

    private static let started: Void = {
        mongoc_log_set_handler(log, nil)
        mongoc_init()
    }()

    private static let logger = Logger(label: "configbus.mongodb.driver")

    /// Runs under a lock of the driver on any of its threads: it must not call the driver.
    static let log: mongoc_log_func_t = { level, domain, message, _ in
        let text = message.map { String(cString: $0) } ?? ""
        let thread = pthread_self().hashValue
        let isQuiet = quiet.withLock { quiet in
            quiet[thread]?.append(text)
            return quiet[thread] != nil
        }
        guard !isQuiet else { return }
        logger.log(
            level: DriverLibrary.level(level), "\(text)",
            metadata: domain.map { ["mongoc.domain": "\(String(cString: $0))"] })
    }

    private static func level(_ level: mongoc_log_level_t) -> Logger.Level {
        switch level {
        case MONGOC_LOG_LEVEL_ERROR, MONGOC_LOG_LEVEL_CRITICAL: .error
        case MONGOC_LOG_LEVEL_WARNING: .warning
        case MONGOC_LOG_LEVEL_MESSAGE, MONGOC_LOG_LEVEL_INFO: .info
        case MONGOC_LOG_LEVEL_DEBUG: .debug
        default: .trace
        }
    }
}
