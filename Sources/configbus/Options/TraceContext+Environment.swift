import ConfigModel
import FoundationEssentials

extension TraceContext {
    /// The trace of the pipeline that runs this program, in the variables that other programs use for it too; nil for none.
    static var ofEnvironment: TraceContext? {
        let variables = ProcessInfo.processInfo.environment
        return TraceContext(traceparent: variables["TRACEPARENT"], tracestate: variables["TRACESTATE"])
    }
}
