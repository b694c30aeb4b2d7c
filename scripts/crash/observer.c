// Loaded into a child with LD_PRELOAD where strace is not there: writes down, in the words of strace, how long each file
// was when it was flushed, and what was renamed and removed. Writes within libc cannot be seen from here; the length at
// a flush says as much. The lines go out by a system call of their own, so that `kill -9` takes none of them.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static void tell(const char *form, ...) {
  static int trace = -1;
  const char *path = getenv("OBSERVER_TRACE");
  if (path == NULL) return;
  if (trace < 0) trace = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  char line[9000];
  int length = snprintf(line, 32, "%ld ", (long)syscall(SYS_gettid));
  va_list values;
  va_start(values, form);
  length += vsnprintf(line + length, sizeof line - length, form, values);
  va_end(values);
  syscall(SYS_write, trace, line, length);
}

static const char *path_of(int file, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, 4095);
  path[length < 0 ? 0 : length] = 0;
  return path;
}

#define NEXT(name) static __typeof__(name) *next; if (next == NULL) next = dlsym(RTLD_NEXT, #name)

#define FLUSHING(name) \
  int name(int file) { \
    NEXT(name); \
    char path[4096]; \
    struct stat now; \
    if (fstat(file, &now) == 0) tell("fstat(%d<%s>) = %ld\n", file, path_of(file, path), (long)now.st_size); \
    tell(#name "(%d<%s> <unfinished ...>\n", file, path_of(file, path)); \
    int done = next(file); \
    tell("<... " #name " resumed>) = %d\n", done); \
    return done; \
  }
FLUSHING(fsync)
FLUSHING(fdatasync)

int rename(const char *from, const char *to) {
  NEXT(rename);
  int done = next(from, to);
  tell("rename(\"%s\", \"%s\") = %d\n", from, to, done);
  return done;
}

int unlink(const char *path) {
  NEXT(unlink);
  int done = next(path);
  tell("unlink(\"%s\") = %d\n", path, done);
  return done;
}
