import Glibc

/// The driver's statistics, which it keeps in shared memory for the program `mongoc-stat` from the moment that the library is
/// loaded, whether it is used or not.
package enum SharedCounters {
    /// Takes the memory's name away; the process keeps the memory.
    ///
    /// A process that is killed would leave it behind for ever, and a later process that gets the same number would find it
    /// in its way and say so on standard error.
    package static func forget() { shm_unlink("/mongoc-\(getpid())") }
}
